import { concat } from '@tensorflow/tfjs-core';
import type { ConcatenateSpec } from '../../../core/network/layers/concatenate.ts';
import type { LayerForward } from './forward.ts';

/** The channels of both inputs, side by side. */
export const concatenate: LayerForward<ConcatenateSpec> = ({ inputs: [x, other = x] }) => concat([x, other], -1);
