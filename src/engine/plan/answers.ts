import { IMAGE_BYTES } from '../../core/data-set.ts';
import type { Gpu } from '../kernels/gpu.ts';
import { ImageShelf, OrderTexture, SHELF } from '../kernels/image-shelf.ts';
import { answering } from './draw.ts';
import type { Parity } from './parameters.ts';
import { Plan } from './plan.ts';
import type { PlanOptions } from './plan-options.ts';

/** Images at a time when there are several. */
const SEVERAL = 100;

interface Desk {
  readonly batch: number;
  readonly shelf: ImageShelf;
  readonly order: OrderTexture;
  readonly plan: Plan;
}

/**
 * What the last layer of an outline gives for pictures that come one by one or a hundred at a time, such as drawings.
 * Owns a plan for one and one for several.
 */
export class Answers {
  readonly #gpu: Gpu;
  readonly #options: Pick<PlanOptions, 'outline' | 'parameters' | 'optimizer'>;
  readonly #throwIfLost: () => void;
  readonly #desks = new Map<number, Desk>();
  /** Who came before: a desk serves one at a time. */
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
    for (const { plan, order, shelf } of this.#desks.values()) {
      plan.dispose();
      order.dispose();
      shelf.dispose();
    }
    this.#desks.clear();
  }

  async #ask(pixels: Uint8Array, count: number, parity: Parity): Promise<Float32Array<ArrayBuffer>> {
    const { batch, shelf, plan } = await this.#deskFor(count);
    const values = new Float32Array(count * plan.width);
    for (let start = 0; start < count; start += batch) {
      const some = pixels.subarray(start * IMAGE_BYTES, (start + batch) * IMAGE_BYTES);
      const n = some.length / IMAGE_BYTES;
      shelf.write(0, some, new Uint8Array(n));
      plan.run(parity, answering(0, n));
      values.set(await plan.readOutput(n, this.#throwIfLost), start * plan.width);
    }
    return values;
  }

  async #deskFor(count: number): Promise<Desk> {
    const batch = count === 1 ? 1 : SEVERAL;
    const known = this.#desks.get(batch);
    if (known) return known;
    const shelf = new ImageShelf(this.#gpu, Math.max(batch, SHELF));
    const order = new OrderTexture(this.#gpu, batch);
    order.write(Uint32Array.from({ length: batch }, (_, i) => i));
    const plan = new Plan(this.#gpu, { ...this.#options, batch, training: false, images: shelf, order });
    const desk = { batch, shelf, order, plan };
    this.#desks.set(batch, desk);
    await this.#gpu.whenCompiled(this.#throwIfLost);
    return desk;
  }
}
