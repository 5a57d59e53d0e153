import type { AveragePooling2DSpec } from '../../../core/network/layers/average-pooling2d.ts';
import { averagePool } from '../ops/average-pool.ts';
import { imagesOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** The mean of each window. */
export const averagePooling2d: LayerForward<AveragePooling2DSpec> = ({ spec, inputs: [x] }) =>
  averagePool(imagesOf(x), spec);
