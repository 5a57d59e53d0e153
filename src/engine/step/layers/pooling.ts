import type { AveragePooling2DSpec } from '../../../core/network/layers/average-pooling2d.ts';
import type { MaxPooling2DSpec } from '../../../core/network/layers/max-pooling2d.ts';
import type { PoolingOptions } from '../../../core/network/layers/pooling.ts';
import type { Shape } from '../../../core/network/shape.ts';
import { imagesIn, type Sliding, shapeOf, slideOver } from '../images.ts';
import type { Recorder, Value } from '../recorder.ts';
import type { LayerRecorder } from './site.ts';

/** The largest value of each window. */
export const maxPooling2d: LayerRecorder<MaxPooling2DSpec> = ({ recorder, node, spec, inputs: [x] }) => {
  const attributes = { sliding: poolingOf(spec, x.shape) };
  const y = recorder.value(node.name, shapeOf(attributes.sliding.output), [x]);
  recorder.emit({ name: 'maxPool', inputs: { x: x.buffer }, outputs: { y: y.buffer }, attributes });
  recorder.onBackward(y, (dy) => {
    const dx = recorder.buffer(`${node.name} gradient`, x.shape);
    const inputs = { x: x.buffer, y: y.buffer, dy };
    recorder.emit({ name: 'maxPoolGradient', inputs, outputs: { dx }, attributes });
    recorder.give(x, dx);
  });
  return y;
};

/** The mean of each window. */
export const averagePooling2d: LayerRecorder<AveragePooling2DSpec> = ({ recorder, node, spec, inputs: [x] }) =>
  windowMeans(recorder, node.name, x, poolingOf(spec, x.shape));

/** The mean of each window, channel by channel. */
export function windowMeans(recorder: Recorder, name: string, x: Value, sliding: Sliding): Value {
  const y = recorder.value(name, shapeOf(sliding.output), [x]);
  recorder.emit({ name: 'averagePool', inputs: { x: x.buffer }, outputs: { y: y.buffer }, attributes: { sliding } });
  recorder.onBackward(y, (dy) => {
    const dx = recorder.buffer(`${name} gradient`, x.shape);
    recorder.emit({ name: 'averagePoolGradient', inputs: { dy }, outputs: { dx }, attributes: { sliding } });
    recorder.give(x, dx);
  });
  return y;
}

function poolingOf({ poolSize, strides, padding }: PoolingOptions, shape: Shape): Sliding {
  const images = imagesIn(shape);
  return slideOver(images, { size: poolSize, strides, padding, dilation: 1 }, images.channels);
}
