import { type CarriedWeights, withCarried } from '../core/network/carried-weights.ts';
import type { Graph } from '../core/network/graph.ts';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import type { Recipe } from '../core/training/recipe.ts';
import type { Trainer } from '../engine/engine.ts';

/** What a run begins with. */
export interface SessionStart {
  readonly run: number;
  readonly graph: Graph;
  readonly recipe: Recipe;
  /** Where to go on from; null for a fresh start. */
  readonly from: Checkpoint | null;
  /** Whether the test set is measured at the end. */
  readonly judgesTest: boolean;
  /** Weights of another network to begin with; null for none. Rejects where they cannot be read: then the run does not begin. */
  readonly carried: Promise<CarriedWeights | null>;
}

/** Puts weights of another network in the places of fresh ones. */
export async function carryWeights(trainer: Trainer, carried: CarriedWeights): Promise<void> {
  const fresh = await trainer.snapshot();
  await trainer.restore({ ...fresh, weights: withCarried(fresh.weights, carried) });
}
