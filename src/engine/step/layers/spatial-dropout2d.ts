import type { SpatialDropout2DSpec } from '../../../core/network/layers/spatial-dropout2d.ts';
import { imagesIn } from '../images.ts';
import type { LayerRecorder } from './site.ts';

/** Drops whole channels, others at each step. The backward pass drops the same ones. */
export const spatialDropout2d: LayerRecorder<SpatialDropout2DSpec> = ({
  recorder,
  node,
  spec,
  position,
  training,
  inputs: [x],
}) => {
  if (!training) return x;
  const attributes = { images: imagesIn(x.shape), rate: spec.rate, position };
  const y = recorder.value(node.name, x.shape, [x]);
  recorder.emit({ name: 'dropChannels', inputs: { x: x.buffer }, outputs: { y: y.buffer }, attributes });
  recorder.onBackward(y, (dy) => {
    const dx = recorder.buffer(`${node.name} gradient`, x.shape);
    recorder.emit({ name: 'dropChannels', inputs: { x: dy }, outputs: { y: dx }, attributes });
    recorder.give(x, dx);
  });
  return y;
};
