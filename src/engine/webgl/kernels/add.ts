import { type Kernel, laneMask, repeat } from '../kernel.ts';
import type { ImageLayout } from '../layout.ts';
import { activateFunction, type FusedActivation, slopeFunction } from './activations.ts';
import { elementwise } from './elementwise.ts';

/** y = activate(first + second). second: in layout `other` -> the layout of first */
export function add(layout: ImageLayout, other: ImageLayout, activation: FusedActivation): Kernel {
  return elementwise(layout, {
    name: 'add',
    inputs: { first: layout, second: other },
    prelude: activateFunction(activation),
    result: `activate(first + second) * ${laneMask(layout.channels, 'c')}`,
  });
}

/**
 * The partial gradient from one reader of a value: its layout, and whether the slope of the value's activation is
 * included.
 */
interface ShareLayout {
  readonly layout: ImageLayout;
  readonly sloped: boolean;
}

/**
 * The gradient of a value: the sum of its readers' partial gradients, in this order. Those without the slope of the
 * value's activation are multiplied by it.
 *
 * share0, share1 ...: gradients, v: the value, where a slope is to be multiplied in -> a gradient in the layout of v
 */
export function sumGradients(layout: ImageLayout, shares: readonly ShareLayout[], activation: FusedActivation): Kernel {
  const needsValue = activation !== 'linear' && shares.some(({ sloped }) => !sloped);
  const inputs = Object.fromEntries(shares.map((share, i) => [`share${i}`, share.layout]));
  const sum = repeat(
    shares.length,
    (i) => `share${i}${needsValue && shares[i]?.sloped === false ? ' * slope(v)' : ''}`,
    ' + ',
  );
  return elementwise(layout, {
    name: 'sum of gradients',
    inputs: needsValue ? { ...inputs, v: layout } : inputs,
    prelude: slopeFunction(activation),
    result: sum,
  });
}
