import { last } from '../../../core/at.ts';
import type { Activation } from '../../../core/network/activations.ts';
import type { ActivationSpec } from '../../../core/network/layers/activation.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Recorder, Value } from '../recorder.ts';
import type { LayerRecorder } from './site.ts';

/** Whether the slope of a function is computed from what went in or from what came out. */
const SLOPE_FROM: { readonly [Name in Activation]: 'x' | 'y' } = {
  linear: 'x',
  relu: 'x',
  leakyRelu: 'x',
  elu: 'y',
  selu: 'x',
  gelu: 'x',
  swish: 'x',
  sigmoid: 'y',
  tanh: 'y',
  softplus: 'x',
  softmax: 'y',
};

/** An activation as a layer of its own. */
export const activation: LayerRecorder<ActivationSpec> = ({ recorder, node, spec, inputs: [x] }) =>
  activated(recorder, node.name, spec.activation, x);

/** A function applied to each value, `softmax` to each row. */
export function activated(recorder: Recorder, name: string, activation: Activation, x: Value): Value {
  if (activation === 'linear') return x;
  const y = recorder.value(`${name} activated`, x.shape, [x]);
  const attributes = { activation, count: sizeOf(x.shape), columns: last(x.shape) };
  recorder.emit({ name: 'activate', inputs: { x: x.buffer }, outputs: { y: y.buffer }, attributes });
  recorder.onBackward(y, (dy) => {
    const dx = recorder.buffer(`${name} activation gradient`, x.shape);
    const inputs = SLOPE_FROM[activation] === 'x' ? { dy, x: x.buffer, y: null } : { dy, x: null, y: y.buffer };
    recorder.emit({ name: 'activateGradient', inputs, outputs: { dx }, attributes });
    recorder.give(x, dx);
  });
  return y;
}
