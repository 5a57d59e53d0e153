import { type Rank, reshape } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { GlobalAveragePooling1DSpec } from '../../../core/network/layers/global-average-pooling1d.ts';
import { globalAveragePool } from '../ops/average-pool.ts';
import type { LayerForward } from './forward.ts';

/** The mean over all places: [batch, places, features] to [batch, features], as of an image one pixel wide. */
export const globalAveragePooling1d: LayerForward<GlobalAveragePooling1DSpec> = ({ inputs: [x] }) =>
  globalAveragePool(reshape<Rank.R4>(x, [at(x.shape, 0), at(x.shape, 1), 1, at(x.shape, 2)]));
