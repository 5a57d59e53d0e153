import { at } from '../../../core/at.ts';
import type { DepthwiseConv2DSpec } from '../../../core/network/layers/depthwise-conv2d.ts';
import type { SeparableConv2DSpec } from '../../../core/network/layers/separable-conv2d.ts';
import type { Window } from '../../../core/network/layers/window.ts';
import { imagesIn, shapeOf, slideOver } from '../images.ts';
import type { Recorder, Value } from '../recorder.ts';
import { activated } from './activation.ts';
import { convolution } from './convolution.ts';
import { giveColumnSums } from './products.ts';
import type { LayerRecorder } from './site.ts';

/** Each channel by filters of its own: [batch, height, width, in] to [batch, height', width', in * multiplier]. */
export const depthwiseConv2d: LayerRecorder<DepthwiseConv2DSpec> = ({
  recorder,
  node,
  spec,
  inputs: [x],
  find,
  get,
}) => {
  const kernel = get('depthwiseKernel');
  const sums = byChannel(recorder, node.name, { x, kernel, bias: find('bias'), window: windowOf(spec, kernel) });
  return activated(recorder, node.name, spec.activation, sums);
};

/** Each channel by itself, then all channels of a pixel: [batch, height, width, in] to [batch, height', width', filters]. */
export const separableConv2d: LayerRecorder<SeparableConv2DSpec> = ({
  recorder,
  node,
  spec,
  inputs: [x],
  find,
  get,
}) => {
  const [depthwise, kernel] = [get('depthwiseKernel'), get('pointwiseKernel')];
  const { name } = node;
  const channels = byChannel(recorder, `${name} channels`, {
    ...{ x, kernel: depthwise, bias: null, window: windowOf(spec, depthwise) },
  });
  const window = { size: 1, strides: 1, padding: 'valid', dilation: 1 } as const;
  const relu = spec.activation === 'relu';
  const sums = convolution(recorder, name, { x: channels, kernel, bias: find('bias'), window, relu });
  return relu ? sums : activated(recorder, name, spec.activation, sums);
};

function windowOf(
  { strides, padding, dilationRate }: DepthwiseConv2DSpec | SeparableConv2DSpec,
  kernel: Value,
): Window {
  return { size: at(kernel.shape, 0), strides, padding, dilation: dilationRate };
}

interface ByChannel {
  readonly x: Value;
  /** [size, size, in, multiplier] */
  readonly kernel: Value;
  /** [in * multiplier] */
  readonly bias: Value | null;
  readonly window: Window;
}

/** A convolution of each channel by itself. */
function byChannel(recorder: Recorder, name: string, { x, kernel, bias, window }: ByChannel): Value {
  const sliding = slideOver(imagesIn(x.shape), window, at(kernel.shape, 2) * at(kernel.shape, 3));
  const { batch, height, width } = sliding.output;
  const y = recorder.value(name, shapeOf(sliding.output), [x, kernel, bias]);
  recorder.emit({
    name: 'depthwiseConv2d',
    inputs: { x: x.buffer, kernel: kernel.buffer, bias: bias?.buffer ?? null },
    outputs: { y: y.buffer },
    attributes: { sliding },
  });
  recorder.onBackward(y, (dy) => {
    if (x.learns) {
      const dx = recorder.buffer(`${name} input gradient`, x.shape);
      const inputs = { dy, kernel: kernel.buffer };
      recorder.emit({ name: 'depthwiseConv2dInputGradient', inputs, outputs: { dx }, attributes: { sliding } });
      recorder.give(x, dx);
    }
    if (kernel.learns) {
      const dkernel = recorder.buffer(`${name} kernel gradient`, kernel.shape);
      const inputs = { x: x.buffer, dy };
      recorder.emit({ name: 'depthwiseConv2dKernelGradient', inputs, outputs: { dkernel }, attributes: { sliding } });
      recorder.give(kernel, dkernel);
    }
    giveColumnSums(recorder, name, bias, dy, batch * height * width);
  });
  return y;
}
