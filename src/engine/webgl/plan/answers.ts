import { type DatasetSpec, sampleBytesOf } from '../../../core/dataset/spec.ts';
import type { Gpu } from '../gpu.ts';
import { OrderTexture, SampleTexture } from '../sample-texture.ts';
import { answering } from './draw.ts';
import type { Parity } from './parameters.ts';
import { Plan } from './plan.ts';
import type { PlanOptions } from './plan-options.ts';

/** Samples in a batch when there are several. */
const SEVERAL = 100;

/** Whose outputs are asked for, and the data set that samples are of. */
export type AnswerOptions = Pick<PlanOptions, 'layers' | 'parameters' | 'optimizer'> & {
  readonly dataset: DatasetSpec;
};

interface InferencePlan {
  readonly batch: number;
  readonly texture: SampleTexture;
  readonly order: OrderTexture;
  readonly plan: Plan;
}

/**
 * The outputs of the last of some layers for samples that come as bytes, such as drawings. Owns a plan for one sample and
 * one for several.
 */
export class Answers {
  readonly #gpu: Gpu;
  readonly #options: AnswerOptions;
  readonly #throwIfLost: () => void;
  readonly #plans = new Map<number, InferencePlan>();
  /** The previous question: a plan answers one at a time. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(gpu: Gpu, options: AnswerOptions, throwIfLost: () => void) {
    this.#gpu = gpu;
    this.#options = options;
    this.#throwIfLost = throwIfLost;
  }

  /**
   * Values [n, width], logits where the layers are a whole network, for samples as they are stored, by the weights of the
   * given parity.
   */
  ask(samples: Uint8Array, parity: Parity): Promise<Float32Array<ArrayBuffer>> {
    const answer = this.#before.then(() => this.#ask(samples, parity));
    this.#before = answer.catch(() => {});
    return answer;
  }

  dispose(): void {
    for (const { plan, order, texture } of this.#plans.values()) {
      plan.dispose();
      order.dispose();
      texture.dispose();
    }
    this.#plans.clear();
  }

  async #ask(samples: Uint8Array, parity: Parity): Promise<Float32Array<ArrayBuffer>> {
    const size = sampleBytesOf(this.#options.dataset);
    const count = samples.length / size;
    const { batch, texture, plan } = await this.#planFor(count);
    const values = new Float32Array(count * plan.width);
    for (let start = 0; start < count; start += batch) {
      const some = samples.subarray(start * size, (start + batch) * size);
      const n = some.length / size;
      texture.write(0, some, new Uint8Array(n));
      plan.run(parity, answering(0, n));
      values.set(await plan.readOutput(n, this.#throwIfLost), start * plan.width);
    }
    return values;
  }

  async #planFor(count: number): Promise<InferencePlan> {
    const batch = count === 1 ? 1 : SEVERAL;
    const known = this.#plans.get(batch);
    if (known) return known;
    const { dataset, ...options } = this.#options;
    const texture = new SampleTexture(this.#gpu, dataset, batch);
    const order = new OrderTexture(this.#gpu, batch);
    order.write(Uint32Array.from({ length: batch }, (_, i) => i));
    const plan = new Plan(this.#gpu, { ...options, batch, training: false, samples: texture, order });
    const made = { batch, texture, order, plan };
    this.#plans.set(batch, made);
    await this.#gpu.whenCompiled(this.#throwIfLost);
    return made;
  }
}
