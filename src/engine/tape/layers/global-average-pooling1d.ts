import { mean } from '@tensorflow/tfjs-core';
import type { GlobalAveragePooling1DSpec } from '../../../core/network/layers/global-average-pooling1d.ts';
import type { LayerForward } from './forward.ts';

/** The mean over all places: [batch, places, features] to [batch, features]. */
export const globalAveragePooling1d: LayerForward<GlobalAveragePooling1DSpec> = ({ inputs: [x] }) => mean(x, 1);
