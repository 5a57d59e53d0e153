import { passOf } from '../kernel.ts';
import type { FusedActivation } from '../kernels/activations.ts';
import { add, sumGradients } from '../kernels/add.ts';
import { extentOf } from '../layout.ts';
import type { Draw } from './draw.ts';
import type { Gradient, Site, Stage, Value } from './stage.ts';

/**
 * The sum of two values with its activation: one draw forward and none back, because both inputs get the gradient
 * unchanged.
 */
export function addStage(site: Site, first: Value, second: Value, activation: FusedActivation): Stage {
  const { layout } = first;
  const texture = site.texture('output', extentOf(layout));
  const inputs = { first_: first.texture, second_: second.texture };
  const pass = passOf(add(layout, second.layout, activation), inputs, [texture]);
  const backward = (dy: Gradient) => ({ draws: [], dx: dy, unsloped: true });
  return { output: { layout, texture, activation }, forward: [{ pass }], backward };
}

/** The part of a value's gradient that comes from one of its readers. */
export interface PartialGradient extends Gradient {
  /** Whether it is already multiplied by the slope of the value's activation. */
  readonly sloped: boolean;
}

/**
 * The gradient of a value's sum from the partial gradients of its readers. Needs no draw if there is only one and its
 * slope is included.
 */
export function accumulateGradients(
  texture: Site['texture'],
  { layout, texture: value, activation }: Value,
  shares: readonly PartialGradient[],
): { readonly draws: readonly Draw[]; readonly gradient: Gradient | null } {
  const [only] = shares;
  if (only === undefined) return { draws: [], gradient: null };
  if (shares.length === 1 && (only.sloped || activation === 'linear')) return { draws: [], gradient: only };
  const total = texture('sum of gradients', extentOf(layout));
  const kernel = sumGradients(layout, shares, activation);
  const inputs = Object.fromEntries(shares.map((share, i) => [`share${i}_`, share.texture]));
  const pass = passOf(kernel, 'v_' in kernel.inputs ? { ...inputs, v_: value } : inputs, [total]);
  return { draws: [{ pass }], gradient: { layout, texture: total } };
}
