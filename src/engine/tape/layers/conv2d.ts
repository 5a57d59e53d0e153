import type { Conv2DSpec } from '../../../core/network/layers/conv2d.ts';
import { conv2d as conv2dOp } from '../ops/conv2d.ts';
import { imagesOf, vectorOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** A 2D convolution: [batch, height, width, in] to [batch, height', width', filters]. */
export const conv2d: LayerForward<Conv2DSpec> = ({ spec, inputs: [x], weights }) => {
  const { strides, padding, dilationRate: dilation, activation } = spec;
  const bias = weights.find('bias');
  const options = { strides, padding, dilation, activation };
  return conv2dOp(imagesOf(x), imagesOf(weights.get('kernel')), bias && vectorOf(bias), options);
};
