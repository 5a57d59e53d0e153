import { type AdagradSpec, adagrad } from './adagrad.ts';
import { type AdamSpec, adam } from './adam.ts';
import { type AdamWSpec, adamw } from './adamw.ts';
import type { OptimizerDefinition } from './definition.ts';
import { type MomentumSpec, momentum } from './momentum.ts';
import { type MuonSpec, muon } from './muon.ts';
import { type RmspropSpec, rmsprop } from './rmsprop.ts';
import { type SgdSpec, sgd } from './sgd.ts';

/** How the weights are updated by the gradient, discriminated by `kind`. */
export type OptimizerSpec = AdamSpec | AdamWSpec | SgdSpec | MomentumSpec | RmspropSpec | AdagradSpec | MuonSpec;

/** The name of a kind of optimizer. */
export type OptimizerKind = OptimizerSpec['kind'];

/** The spec of one kind of optimizer. */
export type OptimizerSpecOf<Kind extends OptimizerKind> = Extract<OptimizerSpec, { kind: Kind }>;

/**
 * Every kind of optimizer, in the order of the picker. A kind without a definition does not compile. Epsilon is stated
 * because tfjs would take 1e-4 on WebGL where Keras takes 1e-7.
 */
export const OPTIMIZERS: { readonly [Kind in OptimizerKind]: OptimizerDefinition<OptimizerSpecOf<Kind>> } = {
  adam,
  adamw,
  sgd,
  momentum,
  rmsprop,
  adagrad,
  muon,
};

/** The definition behind an optimizer, whatever its kind. */
export function optimizerOf(kind: OptimizerKind): OptimizerDefinition<OptimizerSpec> {
  return OPTIMIZERS[kind];
}
