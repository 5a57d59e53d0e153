import { reshape, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { DepthwiseConv2DSpec } from '../../../core/network/layers/depthwise-conv2d.ts';
import { activate } from '../ops/activate.ts';
import { addToEach } from '../ops/add-to-each.ts';
import { depthwiseConv2d as depthwiseConv2dOp } from '../ops/depthwise-conv2d.ts';
import { imagesOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** Each channel by filters of its own: [batch, height, width, in] to [batch, height', width', in * multiplier]. */
export const depthwiseConv2d: LayerForward<DepthwiseConv2DSpec> = ({ spec, inputs: [x], weights }) => {
  const { strides, padding, dilationRate: dilation, activation } = spec;
  const kernel = imagesOf(weights.get('depthwiseKernel'));
  const sums = depthwiseConv2dOp(imagesOf(x), kernel, { strides, padding, dilation });
  const bias = weights.find('bias');
  return activate(bias === null ? sums : imagesOf(toEachPixel(sums, bias)), activation);
};

function toEachPixel(images: Tensor4D, bias: Tensor): Tensor {
  const pixels = reshape(images, [-1, bias.size]);
  return reshape(addToEach(pixels, bias), images.shape);
}
