import type { EarlyStoppingState } from '../core/training/checkpoint.ts';
import type { EarlyStopping } from '../core/training/recipe.ts';
import type { Snapshot } from '../core/training/snapshot.ts';
import { BestEpoch } from './best-epoch.ts';

/** Ends a run before its last epoch where its recipe asks for that, and knows the epoch whose weights it gets back then. */
export class EarlyStop {
  readonly #rule: EarlyStopping | null;
  #best: BestEpoch | null = null;
  #hasStopped = false;

  /** Nothing is watched before `watch`. */
  constructor(rule: EarlyStopping | null) {
    this.#rule = rule;
  }

  /** Whether the run is over, although epochs are left. */
  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  /** What it goes on from if the worker does not last; null where nothing is watched. */
  get state(): EarlyStoppingState | null {
    return this.#best?.state ?? null;
  }

  /** Watches from now on, after so many epochs, or on from where a checkpoint was. `isLast`: no epoch is left that could be left out. */
  watch(before: number, from: EarlyStoppingState | null, isLast: boolean): void {
    this.#best = this.#rule && new BestEpoch(this.#rule, from ?? { before, losses: [], best: null });
    this.#hasStopped = this.#best?.stops === true && !isLast;
  }

  /** Takes note of the next epoch. Whether the run stops after it. */
  async note(loss: number, snapshot: () => Promise<Snapshot>, isLast: boolean): Promise<boolean> {
    await this.#best?.note(loss, snapshot);
    const stops = this.#best?.stops === true && !isLast;
    this.#hasStopped ||= stops;
    return stops;
  }

  /** The weights of the best epoch, if they were kept and are not those of the `last`; nothing is watched after that. */
  takeBest(last: number): EarlyStoppingState['best'] {
    const kept = this.state?.best ?? null;
    if (kept === null || kept.epoch === last) return null;
    this.#best = null;
    return kept;
  }
}
