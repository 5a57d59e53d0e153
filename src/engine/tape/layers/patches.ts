import { reshape, transpose } from '@tensorflow/tfjs-core';
import { type PatchesSpec, patchGrid } from '../../../core/network/layers/patches.ts';
import { imagesOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** Squares of an image: [batch, height, width, channels] to [batch, patches, size * size * channels]. */
export const patches: LayerForward<PatchesSpec> = ({ spec, inputs: [x] }) => {
  const [batch, height, width, channels] = imagesOf(x).shape;
  const { patchSize: size } = spec;
  const [rows, columns] = patchGrid(spec, [height, width, channels]);
  const lines = reshape(x, [batch, rows, size, columns, size * channels]);
  return reshape(transpose(lines, [0, 1, 3, 2, 4]), [batch, rows * columns, size * size * channels]);
};
