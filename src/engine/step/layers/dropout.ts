import type { DropoutSpec } from '../../../core/network/layers/dropout.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Operations } from '../operation.ts';
import type { Recorder, Value } from '../recorder.ts';
import type { LayerRecorder } from './site.ts';

/** Sets random values to 0, others at each step and in each layer. */
export const dropout: LayerRecorder<DropoutSpec> = ({ recorder, node, spec, position, training, inputs: [x] }) =>
  training ? dropped(recorder, node.name, x, { rate: spec.rate, position, adjustable: true }) : x;

/** Random values set to 0. The backward pass drops the same ones. */
export function dropped(
  recorder: Recorder,
  name: string,
  x: Value,
  rule: Omit<Operations['dropout']['attributes'], 'count'>,
): Value {
  const attributes = { ...rule, count: sizeOf(x.shape) };
  const y = recorder.value(name, x.shape, [x]);
  recorder.emit({ name: 'dropout', inputs: { x: x.buffer }, outputs: { y: y.buffer }, attributes });
  recorder.onBackward(y, (dy) => {
    const dx = recorder.buffer(`${name} gradient`, x.shape);
    recorder.emit({ name: 'dropout', inputs: { x: dy }, outputs: { y: dx }, attributes });
    recorder.give(x, dx);
  });
  return y;
}
