import { GpuLostError } from './gpu-lost-error.ts';

/** Ends all waiting for a GPU when it is lost. */
export class LossWatch {
  readonly #pending = new Set<(error: Error) => void>();
  #lost = false;

  /** Marks the GPU as lost and rejects all that wait for it; tfjs would wait forever. */
  lose(): void {
    this.#lost = true;
    for (const reject of this.#pending) reject(new GpuLostError());
  }

  throwIfLost(): void {
    if (this.#lost) throw new GpuLostError();
  }

  /** The result of the work, or a GpuLostError if the GPU is lost before it is done. */
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
