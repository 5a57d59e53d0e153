import type { DropoutSpec } from '../../../core/network/layers/dropout.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { LayerRecorder } from './site.ts';

/** Sets random values to 0, others at each step and in each layer. The backward pass drops the same ones. */
export const dropout: LayerRecorder<DropoutSpec> = ({ recorder, node, spec, position, training, inputs: [x] }) => {
  if (!training) return x;
  const attributes = { count: sizeOf(x.shape), rate: spec.rate, position };
  const y = recorder.value(node.name, x.shape, [x]);
  recorder.emit({ name: 'dropout', inputs: { x: x.buffer }, outputs: { y: y.buffer }, attributes });
  recorder.onBackward(y, (dy) => {
    const dx = recorder.buffer(`${node.name} gradient`, x.shape);
    recorder.emit({ name: 'dropout', inputs: { x: dy }, outputs: { y: dx }, attributes });
    recorder.give(x, dx);
  });
  return y;
};
