import { at } from '../../../core/at.ts';
import type { Conv2DSpec } from '../../../core/network/layers/conv2d.ts';
import { activated } from './activation.ts';
import { convolution } from './convolution.ts';
import type { LayerRecorder } from './site.ts';

/** A 2D convolution: [batch, height, width, in] to [batch, height', width', filters]. */
export const conv2d: LayerRecorder<Conv2DSpec> = ({ recorder, node, spec, inputs: [x], find, get }) => {
  const kernel = get('kernel');
  const { strides, padding, dilationRate: dilation, activation } = spec;
  const window = { size: at(kernel.shape, 0), strides, padding, dilation };
  const relu = activation === 'relu';
  const sums = convolution(recorder, node.name, { x, kernel, bias: find('bias'), window, relu });
  return relu ? sums : activated(recorder, node.name, activation, sums);
};
