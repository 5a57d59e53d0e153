import {
  headMixtures as mixturesKernel,
  placesLayout,
  headProducts as productsKernel,
  weightsLayout,
} from '../kernels/attention.ts';
import type { Lower } from './lower.ts';

/** One draw. */
export const headProducts: Lower<'headProducts'> = ({ inputs, outputs, attributes }, at) => {
  const { batch, places, heads, size } = attributes;
  const [a, b] = [
    at.vectorsOf(inputs.a, batch * places, heads * size),
    at.vectorsOf(inputs.b, batch * places, heads * size),
  ];
  const weights = at.put(outputs.weights, weightsLayout(attributes));
  at.draw(productsKernel(attributes), { a: a.place, b: b.place }, [weights]);
};

/** One draw. */
export const headMixtures: Lower<'headMixtures'> = ({ inputs, outputs, attributes }, at) => {
  const { batch, places, heads, size, transposed } = attributes;
  const weights = at.vectorsOf(inputs.weights, batch * heads * places, places);
  const x = at.vectorsOf(inputs.x, batch * places, heads * size);
  const y = at.put(outputs.y, placesLayout(attributes));
  at.draw(mixturesKernel(attributes, transposed), { weights: weights.place, x: x.place }, [y]);
};
