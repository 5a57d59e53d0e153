import { at } from '../../../core/at.ts';
import type { WeightName } from '../../../core/network/layers/definition.ts';
import type { GRUSpec } from '../../../core/network/layers/gru.ts';
import type { LSTMSpec } from '../../../core/network/layers/lstm.ts';
import type { SimpleRNNSpec } from '../../../core/network/layers/simple-rnn.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Value } from '../recorder.ts';
import type { CellSpec } from '../sequence-operations.ts';
import { sideBySide } from './concatenate.ts';
import { readSequence } from './sequence.ts';
import type { LayerRecorder, LayerSite } from './site.ts';

/** The plain recurrent layer. */
export const simpleRnn: LayerRecorder<SimpleRNNSpec> = (site) =>
  recurrent(site, { kind: 'simple', activation: site.spec.activation });

/** Long short-term memory. */
export const lstm: LayerRecorder<LSTMSpec> = (site) => recurrent(site, { kind: 'lstm' });

/** Gated recurrent unit. */
export const gru: LayerRecorder<GRUSpec> = (site) => recurrent(site, { kind: 'gru' });

type Names = readonly [kernel: WeightName, recurrentKernel: WeightName, bias: WeightName];

const FORWARD: Names = ['kernel', 'recurrentKernel', 'bias'];
const BACKWARD: Names = ['backwardKernel', 'backwardRecurrentKernel', 'backwardBias'];

/** Sequences, or images row by row, through a cell: forwards, and backwards as well when asked. */
function recurrent(
  { recorder, node, spec, inputs, get }: LayerSite<SimpleRNNSpec | LSTMSpec | GRUSpec>,
  cell: CellSpec,
): Value {
  const [input] = inputs;
  const [batch, steps] = [at(input.shape, 0), at(input.shape, 1)];
  const x = recorder.reshaped(input, [batch, steps, sizeOf(input.shape) / (batch * steps)]);
  const read = ([kernel, recurrentKernel, bias]: Names, backwards: boolean) =>
    readSequence(recorder, `${node.name}${backwards ? ' backwards' : ''}`, {
      ...{ x, cell, backwards, returnSequences: spec.returnSequences },
      ...{ kernel: get(kernel), recurrentKernel: get(recurrentKernel), bias: get(bias) },
    });
  const there = read(FORWARD, false);
  return spec.bidirectional ? sideBySide(recorder, node.name, [there, read(BACKWARD, true)]) : there;
}
