import { classCountOf, sampleBytesOf } from '../../core/dataset/spec.ts';
import type { Graph } from '../../core/network/graph.ts';
import { sizeOf } from '../../core/network/shape.ts';
import type { EvaluationControl } from '../engine.ts';
import { EVALUATION_BATCH } from '../evaluation-samples.ts';
import { OutOfMemoryError } from '../out-of-memory-error.ts';
import { logitsIn, softmaxRows } from '../scores.ts';
import type { Buffer } from '../step/buffer.ts';
import { recordAnswer } from '../step/record-step.ts';
import { yieldToMessages } from '../yield.ts';
import { answering } from './draw.ts';
import { DrawList } from './draw-list.ts';
import { drawsOf } from './draws-of.ts';
import type { Gpu } from './gpu.ts';
import type { LastingTextures, Side } from './lasting-textures.ts';
import { extentOf, fromTexels } from './layout.ts';
import type { Placed } from './lowering.ts';
import { OrderTexture, SampleTexture } from './sample-texture.ts';

/** Samples in a batch when there are several. */
const SEVERAL = 100;

/** A network whose weights are on the device. */
export interface DrawnNetwork {
  readonly gpu: Gpu;
  readonly graph: Graph;
  /** Every weight, in the order of the graph. */
  readonly buffers: readonly Buffer[];
  /** The weights as they are now. */
  weights(): { readonly lasting: LastingTextures; readonly side: Side };
  throwIfLost(): void;
}

/** Draws that give the outputs of a layer for a batch, and the textures that its samples come from. */
interface AnswerList {
  readonly list: DrawList;
  readonly output: Placed;
  readonly batch: number;
  /** Values of the layer for each sample. */
  readonly width: number;
}

interface OwnSamples extends AnswerList {
  readonly samples: SampleTexture;
  readonly order: OrderTexture;
}

/** The outputs of the layers of a network. Owns the draws for the layers that were asked for. */
export class NetworkDraws {
  readonly #network: DrawnNetwork;
  readonly #lists = new Map<string, OwnSamples>();
  /** The previous question: a list answers one at a time. */
  #before: Promise<unknown> = Promise.resolve();

  /** There must be draws for the network: see `unsupportedNetwork`. */
  constructor(network: DrawnNetwork) {
    this.#network = network;
  }

  /**
   * Values [n, width] of the layer at a position of the graph, logits where it is the last one, for samples as they are stored; at -1 the
   * inputs themselves.
   */
  ask(samples: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    const answer = this.#before.then(() => this.#ask(samples, position));
    this.#before = answer.catch(() => {});
    return answer;
  }

  /** Probabilities [n, classes] for samples as they are stored. */
  async predict(samples: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
    const { dataset, nodes } = this.#network.graph;
    const outputs = await this.ask(samples, nodes.length - 1);
    const count = samples.length / sampleBytesOf(dataset);
    return softmaxRows(logitsIn(outputs, outputs.length / count), classCountOf(dataset));
  }

  /** Logits [n, classes] of samples of a texture, batch by batch; messages are handled in between. */
  async logits(
    samples: SampleTexture,
    indices: Uint32Array,
    control: EvaluationControl,
  ): Promise<Float32Array<ArrayBuffer>> {
    const { gpu, graph, throwIfLost } = this.#network;
    const { order, ...answers } = await this.place(() => {
      const order = new OrderTexture(gpu, Math.max(indices.length, 1));
      order.write(indices);
      return { order, ...this.#listOf(graph.nodes.length - 1, EVALUATION_BATCH, samples, order) };
    });
    const outputs = new Float32Array(indices.length * answers.width);
    try {
      await gpu.whenCompiled(throwIfLost);
      for (let start = 0; start < indices.length; start += EVALUATION_BATCH) {
        control.signal.throwIfAborted();
        const count = Math.min(EVALUATION_BATCH, indices.length - start);
        answers.list.run(this.#network.weights().side, answering(start, indices.length));
        outputs.set(await this.#read(answers, count), start * answers.width);
        control.onProgress(start + count, indices.length);
        await yieldToMessages();
      }
      return logitsIn(outputs, answers.width);
    } finally {
      answers.list.dispose();
      order.dispose();
    }
  }

  /** What `make` makes on the device when no question is under way. Where there is no room, draws that are kept for questions make way. */
  place<Made>(make: () => Made): Promise<Made> {
    const made = this.#before.then(() => this.#made(make));
    this.#before = made.catch(() => {});
    return made;
  }

  dispose(): void {
    for (const { list, samples, order } of this.#lists.values())
      for (const owned of [list, samples, order]) owned.dispose();
    this.#lists.clear();
  }

  #made<Made>(make: () => Made): Made {
    const { gpu } = this.#network;
    try {
      return gpu.allOrNothing(make);
    } catch (error) {
      if (!(error instanceof OutOfMemoryError) || this.#lists.size === 0) throw error;
      this.dispose();
      return gpu.allOrNothing(make);
    }
  }

  async #ask(bytes: Uint8Array, position: number): Promise<Float32Array<ArrayBuffer>> {
    this.#network.throwIfLost();
    const size = sampleBytesOf(this.#network.graph.dataset);
    const count = bytes.length / size;
    const answers = await this.#ownListOf(position, count === 1 ? 1 : SEVERAL);
    const { batch, samples, list, width } = answers;
    const values = new Float32Array(count * width);
    for (let start = 0; start < count; start += batch) {
      const some = bytes.subarray(start * size, (start + batch) * size);
      const n = some.length / size;
      samples.write(0, some, new Uint8Array(n));
      list.run(this.#network.weights().side, answering(0, n));
      values.set(await this.#read(answers, n), start * width);
    }
    return values;
  }

  /** The outputs [count, width] for the first samples of the last batch, when the device has computed them. */
  async #read({ list, output, batch }: AnswerList, count: number): Promise<Float32Array<ArrayBuffer>> {
    const { gpu, throwIfLost } = this.#network;
    const some = { ...output.layout, batch: (output.layout.batch / batch) * count };
    const { width, height } = extentOf(some);
    const texture = list.textureOf(output.place);
    return fromTexels(some, await gpu.readLater(texture, { x: 0, y: 0, width, height }, throwIfLost));
  }

  async #ownListOf(position: number, batch: number): Promise<OwnSamples> {
    const key = `${position} ${batch}`;
    const known = this.#lists.get(key);
    if (known) return known;
    const { gpu, graph, throwIfLost } = this.#network;
    const made = this.#made(() => {
      const samples = new SampleTexture(gpu, graph.dataset, batch);
      const order = new OrderTexture(gpu, batch);
      order.write(Uint32Array.from({ length: batch }, (_, i) => i));
      return { samples, order, ...this.#listOf(position, batch, samples, order) };
    });
    this.#lists.set(key, made);
    await gpu.whenCompiled(throwIfLost);
    return made;
  }

  #listOf(position: number, batch: number, samples: SampleTexture, order: OrderTexture): AnswerList {
    const { gpu, graph, buffers } = this.#network;
    const recorded = recordAnswer(graph, buffers, { batch, position });
    const target = { gpu, dataset: graph.dataset, stored: samples.layout };
    const drawn = drawsOf(recorded.operations, target, recorded.output);
    if (typeof drawn === 'string') throw new RangeError(`The kernels cannot carry out ${drawn}.`);
    const { draws, output } = drawn;
    if (output === null) throw new Error('The output lies in no texture.');
    const { lasting } = this.#network.weights();
    const outside = { samples: samples.values, order: order.texture };
    const list = new DrawList(gpu, draws, { lasting, outside }, output.place);
    return { list, output, batch, width: sizeOf(recorded.output.shape) / batch };
  }
}
