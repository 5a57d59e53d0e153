import { bestOf, shouldStop } from '../core/training/early-stopping.ts';
import type { EarlyStopping } from '../core/training/recipe.ts';
import type { Snapshot } from '../core/training/snapshot.ts';

/** Watches the validation losses of a run for early stopping, and keeps the weights of the best epoch if asked to. */
export class BestEpoch {
  readonly #rule: EarlyStopping;
  readonly #losses: number[] = [];
  /** Epochs that were over before the watch began. */
  readonly #before: number;
  #kept: { readonly epoch: number; readonly snapshot: Snapshot } | null = null;

  constructor(rule: EarlyStopping, before: number) {
    this.#rule = rule;
    this.#before = before;
  }

  /** Whether nothing better will be waited for. */
  get stops(): boolean {
    return shouldStop(this.#rule, this.#losses);
  }

  /** The best epoch's snapshot; null where it is not kept. */
  get kept(): { readonly epoch: number; readonly snapshot: Snapshot } | null {
    return this.#kept;
  }

  /** Takes note of the next epoch. */
  async note(loss: number, snapshot: () => Promise<Snapshot>): Promise<void> {
    this.#losses.push(loss);
    const isBest = bestOf(this.#losses) === this.#losses.length;
    if (!isBest || !this.#rule.restoreBest) return;
    this.#kept = { epoch: this.#before + this.#losses.length, snapshot: await snapshot() };
  }
}
