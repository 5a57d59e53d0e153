import { GpuLostError } from './gpu-lost-error.ts';

/** Tells everybody who works with a GPU when it is gone. */
export class LossWatch {
  readonly #pending = new Set<(error: Error) => void>();
  #lost = false;

  /** Says that the GPU is gone. Whoever waits for it is told; tfjs would wait forever. */
  lose(): void {
    this.#lost = true;
    for (const reject of this.#pending) reject(new GpuLostError());
  }

  throwIfLost(): void {
    if (this.#lost) throw new GpuLostError();
  }

  /** What the work gives, or a GpuLostError when the GPU goes before it is done. */
  async unlessLost<Result>(work: () => Promise<Result>): Promise<Result> {
    this.throwIfLost();
    const result = await this.#race(work());
    this.throwIfLost();
    return result;
  }

  #race<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#pending.add(reject);
      work.then(resolve, reject).finally(() => this.#pending.delete(reject));
    });
  }
}
