import { headMixturesOf, headProductsOf } from '../../kernels/attention.ts';
import type { Bind } from './binding.ts';

export const headProducts: Bind<'headProducts'> = ({ recording, operation: { inputs, outputs, attributes }, at }) =>
  headProductsOf(recording, attributes, { a: at(inputs.a), b: at(inputs.b), weights: at(outputs.weights) });

export const headMixtures: Bind<'headMixtures'> = ({ recording, operation: { inputs, outputs, attributes }, at }) =>
  headMixturesOf(recording, attributes, { weights: at(inputs.weights), x: at(inputs.x), y: at(outputs.y) });
