import type { EarlyStoppingState } from '../core/training/checkpoint.ts';
import { bestOf, shouldStop } from '../core/training/early-stopping.ts';
import type { EarlyStopping } from '../core/training/recipe.ts';
import type { Snapshot } from '../core/training/snapshot.ts';

/** Watches the validation losses of a run for early stopping, and keeps the weights of the best epoch if asked to. */
export class BestEpoch {
  readonly #rule: EarlyStopping;
  #state: EarlyStoppingState;

  /** Goes on from `state`. */
  constructor(rule: EarlyStopping, state: EarlyStoppingState) {
    this.#rule = rule;
    this.#state = state;
  }

  get state(): EarlyStoppingState {
    return this.#state;
  }

  /** Whether nothing better will be waited for. */
  get stops(): boolean {
    return shouldStop(this.#rule, this.#state.losses);
  }

  /** Takes note of the next epoch. */
  async note(loss: number, snapshot: () => Promise<Snapshot>): Promise<void> {
    const losses = [...this.#state.losses, loss];
    this.#state = { ...this.#state, losses };
    if (bestOf(losses) !== losses.length || !this.#rule.restoreBest) return;
    this.#state = { ...this.#state, best: { epoch: this.#state.before + losses.length, snapshot: await snapshot() } };
  }
}
