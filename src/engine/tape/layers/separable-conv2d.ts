import type { SeparableConv2DSpec } from '../../../core/network/layers/separable-conv2d.ts';
import { conv2d } from '../ops/conv2d.ts';
import { depthwiseConv2d } from '../ops/depthwise-conv2d.ts';
import { imagesOf, vectorOf } from '../tensors.ts';
import type { LayerForward } from './forward.ts';

/** Each channel by itself, then all channels of a pixel: [batch, height, width, in] to [batch, height', width', filters]. */
export const separableConv2d: LayerForward<SeparableConv2DSpec> = ({ spec, inputs: [x], weights }) => {
  const { strides, padding, dilationRate: dilation, activation } = spec;
  const depthwiseKernel = imagesOf(weights.get('depthwiseKernel'));
  const channels = depthwiseConv2d(imagesOf(x), depthwiseKernel, { strides, padding, dilation });
  const bias = weights.find('bias');
  const mixing = { strides: 1, padding: 'valid', dilation: 1, activation } as const;
  return conv2d(channels, imagesOf(weights.get('pointwiseKernel')), bias && vectorOf(bias), mixing);
};
