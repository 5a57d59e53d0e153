import { reshape } from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { FlattenSpec } from '../../../core/network/layers/flatten.ts';
import type { LayerForward } from './forward.ts';

/** All values of an image in one row: [batch, ...] to [batch, size]. */
export const flatten: LayerForward<FlattenSpec> = ({ inputs: [x] }) => reshape(x, [at(x.shape, 0), -1]);
