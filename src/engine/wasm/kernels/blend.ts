import { f32x4 } from '../code.ts';
import { elementwise } from './elementwise.ts';

/** z = a x + b y. */
export const BLEND = elementwise(
  'blend',
  { inputs: ['x', 'y'], outputs: ['z'], floats: ['a', 'b'] },
  ({ x, y, a, b }) => ({
    z: f32x4.add(f32x4.mul(x, a), f32x4.mul(y, b)),
  }),
);
