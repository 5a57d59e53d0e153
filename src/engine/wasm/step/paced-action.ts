import type { WasmCall } from './call.ts';
import type { Action } from './recording.ts';

/** How long an action goes on at once, as far as its parts allow. */
const LONGEST_MS = 40;

/** An action that is cut where it takes long. Begins with a part for each thread, and goes by how long parts took. */
export class PacedAction {
  readonly parts: number;
  readonly #perform: Action['perform'];
  readonly #threads: number;
  /** How many parts are done at once: as many for each thread. */
  #atOnce: number;

  constructor({ parts, perform }: Action, threads: number) {
    this.parts = parts;
    this.#perform = perform;
    this.#threads = threads;
    this.#atOnce = threads;
  }

  /** Does some parts, and gives the first that is left. */
  performFrom(from: number, call: WasmCall): number {
    const to = Math.min(from + this.#atOnce, this.parts);
    const began = performance.now();
    this.#perform(call, from, to);
    const rounds = Math.ceil((to - from) / this.#threads);
    const allowed = Math.floor((LONGEST_MS * rounds) / (performance.now() - began));
    this.#atOnce = this.#threads * Math.min(Math.max(allowed, 1), this.parts);
    return to;
  }
}
