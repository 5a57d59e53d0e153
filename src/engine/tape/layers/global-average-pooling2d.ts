import type { GlobalAveragePooling2DSpec } from '../../../core/network/layers/global-average-pooling2d.ts';
import { globalAveragePool } from '../ops/average-pool.ts';
import { imagesOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** The mean of each channel: [batch, height, width, channels] to [batch, channels]. */
export const globalAveragePooling2d: LayerForward<GlobalAveragePooling2DSpec> = ({ inputs: [x] }) =>
  globalAveragePool(imagesOf(x));
