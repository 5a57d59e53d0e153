import type { MaxPooling2DSpec } from '../../../core/network/layers/max-pooling2d.ts';
import { maxPool } from '../ops/max-pool.ts';
import { imagesOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** The largest value of each window. */
export const maxPooling2d: LayerForward<MaxPooling2DSpec> = ({ spec, inputs: [x] }) => maxPool(imagesOf(x), spec);
