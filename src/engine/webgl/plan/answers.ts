import { IMAGE_BYTES } from '../../../core/dataset/stream-events.ts';
import type { Gpu } from '../gpu.ts';
import { IMAGES_PER_ROW, ImageTexture, OrderTexture } from '../image-texture.ts';
import { answering } from './draw.ts';
import type { Parity } from './parameters.ts';
import { Plan } from './plan.ts';
import type { PlanOptions } from './plan-options.ts';

/** Images in a batch when there are several. */
const SEVERAL = 100;

interface InferencePlan {
  readonly batch: number;
  readonly texture: ImageTexture;
  readonly order: OrderTexture;
  readonly plan: Plan;
}

/**
 * The outputs of an outline's last layer for images from outside the data set, such as drawings. Owns a plan for one
 * image and one for several.
 */
export class Answers {
  readonly #gpu: Gpu;
  readonly #options: Pick<PlanOptions, 'outline' | 'parameters' | 'optimizer'>;
  readonly #throwIfLost: () => void;
  readonly #plans = new Map<number, InferencePlan>();
  /** The previous question: a plan answers one at a time. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(gpu: Gpu, options: Pick<PlanOptions, 'outline' | 'parameters' | 'optimizer'>, throwIfLost: () => void) {
    this.#gpu = gpu;
    this.#options = options;
    this.#throwIfLost = throwIfLost;
  }

  /** Values [count, width], logits where the outline is a whole network's, for pixels [count, 784] by the weights of the given parity. */
  ask(pixels: Uint8Array, count: number, parity: Parity): Promise<Float32Array<ArrayBuffer>> {
    const answer = this.#before.then(() => this.#ask(pixels, count, parity));
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

  async #ask(pixels: Uint8Array, count: number, parity: Parity): Promise<Float32Array<ArrayBuffer>> {
    const { batch, texture, plan } = await this.#planFor(count);
    const values = new Float32Array(count * plan.width);
    for (let start = 0; start < count; start += batch) {
      const some = pixels.subarray(start * IMAGE_BYTES, (start + batch) * IMAGE_BYTES);
      const n = some.length / IMAGE_BYTES;
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
    const texture = new ImageTexture(this.#gpu, Math.max(batch, IMAGES_PER_ROW));
    const order = new OrderTexture(this.#gpu, batch);
    order.write(Uint32Array.from({ length: batch }, (_, i) => i));
    const plan = new Plan(this.#gpu, { ...this.#options, batch, training: false, images: texture, order });
    const made = { batch, texture, order, plan };
    this.#plans.set(batch, made);
    await this.#gpu.whenCompiled(this.#throwIfLost);
    return made;
  }
}
