import { add as sum } from '@tensorflow/tfjs-core';
import type { AddSpec } from '../../../core/network/layers/add.ts';
import type { LayerForward } from './forward.ts';

/** The sum of both inputs, value by value. */
export const add: LayerForward<AddSpec> = ({ inputs: [x, other = x] }) => sum(x, other);
