import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { product } from './product.ts';

type Heads = OperationOf<'headProducts'>['attributes'];

/** WGSL of the place of number `s` of place `i` in rows [batch, places, heads, size], of the sample and the head that `n` numbers. */
function placeOf({ places, heads, size }: Heads, i: string, s: string): string {
  return `((n / ${heads}u * ${places}u + ${i}) * ${heads}u + n % ${heads}u) * ${size}u + ${s}`;
}

/**
 * A product of each place with each place, in each head: a product of matrices for each sample and head. a, b: [batch, places, heads, size] ->
 * weights: [batch, heads, places, places]
 */
export function headProducts({ inputs, outputs, attributes }: OperationOf<'headProducts'>): readonly Dispatch[] {
  const { batch, places, heads, size, scale } = attributes;
  return product({
    name: 'head products',
    ...{ count: batch * heads, rows: places, columns: places, depth: size, scale },
    a: { value: `return leftRows[${placeOf(attributes, 'row', 'k')}];`, along: 'depth' },
    b: { value: `return rightRows[${placeOf(attributes, 'column', 'k')}];`, along: 'depth' },
    reads: { leftRows: inputs.a, rightRows: inputs.b },
    output: outputs.weights,
  });
}

/**
 * What each place makes of all places, in each head: a product of matrices for each sample and head. weights: [batch, heads, places, places],
 * x: [batch, places, heads, size] -> y: [batch, places, heads, size]
 */
export function headMixtures({ inputs, outputs, attributes }: OperationOf<'headMixtures'>): readonly Dispatch[] {
  const { batch, places, heads, size, scale, transposed } = attributes;
  const [i, j] = transposed ? ['k', 'row'] : ['row', 'k'];
  return product({
    name: 'head mixtures',
    ...{ count: batch * heads, rows: places, columns: size, depth: places, scale },
    a: {
      value: `return weights[(n * ${places}u + ${i}) * ${places}u + ${j}];`,
      along: transposed ? 'side' : 'depth',
    },
    b: { value: `return x[${placeOf(attributes, 'k', 'column')}];`, along: 'side' },
    place: placeOf(attributes, 'row', 'column'),
    reads: inputs,
    output: outputs.y,
  });
}
