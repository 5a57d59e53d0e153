import type { StepMetrics } from '../../core/evaluation/evaluation.ts';
import { CopyPauses } from '../copy-pauses.ts';
import { type Buffer, lengthOf } from '../step/buffer.ts';
import type { Step } from '../step/step.ts';
import type { StepCall } from '../step/step-call.ts';
import type { StepBatch, StepExecutor } from '../step-executor.ts';
import type { Draw } from './draw.ts';
import { DrawList, otherSide } from './draw-list.ts';
import { LastingTextures, type Side } from './lasting-textures.ts';
import { LOG_EXTENT, MetricsLog } from './metrics-log.ts';
import { StepQueue } from './step-queue.ts';
import { type FeedMaterials, TrainingFeed } from './training-feed.ts';
import { pairsOf } from './weight-pairs.ts';

/** What a step is drawn with. */
export interface ExecutorMaterials extends FeedMaterials {
  readonly draws: readonly Draw[];
  throwIfLost(): void;
}

interface Parts {
  readonly feed: TrainingFeed;
  /** Weights and slots. */
  readonly lasting: LastingTextures;
  readonly list: DrawList;
  readonly log: MetricsLog;
}

/** Carries a step out on WebGL. Nothing is uploaded or read back in a steady step. */
export class WebglExecutor implements StepExecutor {
  readonly #step: Step;
  readonly #materials: ExecutorMaterials;
  readonly #queue: StepQueue;
  readonly #owned: { dispose(): void }[] = [];
  #parts: Parts | null = null;
  #side: Side = 0;

  constructor(step: Step, materials: ExecutorMaterials) {
    this.#step = step;
    this.#materials = materials;
    this.#queue = new StepQueue(materials.gpu, () => materials.throwIfLost());
    this.#owned.push(this.#queue);
  }

  /** Also takes a step for each side on blank samples, so that the driver compiles whatever it has left, and undoes them. */
  async prepare(): Promise<void> {
    const { gpu, throwIfLost } = this.#materials;
    this.#parts = gpu.allOrNothing(() => this.#allocate());
    await gpu.whenCompiled(throwIfLost);
    const blank = { step: 0, seed: 0, learningRate: 0, weightDecay: 0, dropout: null, variation: null };
    for (const side of [0, 1] as const) this.#parts.list.run(side, { ...blank, place: [0, 1] });
    await gpu.settled(gpu.fence(), throwIfLost);
    this.#parts.lasting.clear();
  }

  async run(call: StepCall, { epoch, first }: StepBatch, signal: AbortSignal): Promise<void> {
    const { feed, list, log } = this.#ready;
    const { trainCount } = this.#materials.trainingSet;
    await feed.bring(epoch, first + this.#step.batch, signal);
    await this.#queue.next();
    this.#materials.throwIfLost();
    list.run(this.#side, { ...call, place: [first % trainCount, trainCount] });
    this.#side = otherSide(this.#side);
    this.#queue.mark();
    await log.add();
  }

  readMetrics(): Promise<StepMetrics> {
    return this.#ready.log.read();
  }

  restart(step: number): Promise<void> {
    return this.#ready.log.restart(step);
  }

  async read(buffers: readonly Buffer[], signal?: AbortSignal): Promise<readonly Float32Array<ArrayBuffer>[]> {
    const pauses = new CopyPauses(signal);
    const copies: Float32Array<ArrayBuffer>[] = [];
    for (const buffer of buffers) {
      this.#materials.throwIfLost();
      copies.push(this.#ready.lasting.read(buffer, this.#side));
      await pauses.after(lengthOf(buffer));
    }
    return copies;
  }

  write(buffer: Buffer, values: Float32Array): void {
    this.#materials.throwIfLost();
    this.#ready.lasting.write(buffer, values);
  }

  /** The weights on the device, and on which side of them the next step reads. */
  get weights(): { readonly lasting: LastingTextures; readonly side: Side } {
    return { lasting: this.#ready.lasting, side: this.#side };
  }

  /** The training samples on the device, as far as they have arrived. */
  get feed(): TrainingFeed {
    return this.#ready.feed;
  }

  dispose(): void {
    for (const part of this.#owned.splice(0)) part.dispose();
  }

  get #ready(): Parts {
    if (this.#parts === null) throw new Error('The executor has not been prepared.');
    return this.#parts;
  }

  #allocate(): Parts {
    const { gpu, draws } = this.#materials;
    const feed = new TrainingFeed(this.#materials);
    const lasting = new LastingTextures(gpu, pairsOf(this.#step.operations, this.#step));
    const metrics = gpu.texture(LOG_EXTENT);
    const { samples, order, classWeights } = feed;
    const outside = { samples: samples.values, labels: samples.labels, order: order.texture, metrics };
    const list = new DrawList(gpu, draws, { lasting, outside: { ...outside, ...(classWeights && { classWeights }) } });
    this.#owned.push(feed, lasting, list, { dispose: () => gpu.free(metrics) });
    return { feed, lasting, list, log: new MetricsLog(gpu, metrics, this.#materials.throwIfLost) };
  }
}
