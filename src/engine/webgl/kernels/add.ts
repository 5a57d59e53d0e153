import { type Kernel, laneMask, repeat } from '../kernel.ts';
import type { ImageLayout } from '../layout.ts';
import { activateFunction, type FusedActivation, slopeFunction } from './activations.ts';
import { elementwise } from './elementwise.ts';

/** What becomes of a sum. */
interface AfterSum {
  readonly activation?: FusedActivation;
  /** Functions whose slopes are multiplied in, and how their results lie. */
  readonly slopes?: readonly { readonly activation: FusedActivation; readonly layout: ImageLayout }[];
}

/**
 * y = activate(share0 + share1 + ...), times slopes. share0, share1 ...: values of one shape in these layouts, v0, v1: results of the
 * functions whose slopes are multiplied in -> `layout`
 */
export function sum(
  layout: ImageLayout,
  shares: readonly ImageLayout[],
  { activation = 'linear', slopes = [] }: AfterSum,
): Kernel {
  const inputs = shares.map((share, i) => [`share${i}`, share] as const);
  const values = slopes.map((slope, i) => [`v${i}`, slope.layout] as const);
  const functions = slopes.map((slope, i) => slopeFunction(slope.activation).replace('slope(', `slope${i}(`));
  const total = repeat(shares.length, (i) => `share${i}`, ' + ');
  const factors = slopes.map((_, i) => ` * slope${i}(v${i})`).join('');
  return elementwise(layout, {
    name: 'sum',
    inputs: Object.fromEntries([...inputs, ...values]),
    prelude: [activateFunction(activation), ...functions].join('\n'),
    result: `activate(${total})${factors} * ${laneMask(layout.channels, 'c')}`,
  });
}

/** y = x + values, the same for each vector. x: [rows, columns], values: [columns] in a texture row -> the same layout */
export function addToRows(layout: ImageLayout): Kernel {
  const result = 'v + texelFetch(values, ivec3(c, 0, 0), 0)';
  const kernel = elementwise(layout, { name: 'add to rows', inputs: { v: layout }, result });
  return { ...kernel, inputs: { ...kernel.inputs, values: 'rgba32f' } };
}
