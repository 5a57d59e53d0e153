import type { RecurrentActivation } from '../../../../core/network/layers/simple-rnn.ts';
import type { Buffer } from '../../../step/buffer.ts';
import { cellRows } from '../../kernels/cell-kernel.ts';
import {
  GRU_STEP,
  GRU_STEP_GRADIENT,
  LSTM_STEP,
  LSTM_STEP_GRADIENT,
  RELU_SLOPE,
  SIMPLE_STEPS,
} from '../../kernels/cells.ts';
import { SIGMOID_GRADIENT, TANH_GRADIENT } from '../../kernels/curves.ts';
import { chunksFor } from '../../kernels/elementwise.ts';
import type { Recording } from '../recording.ts';
import type { Bind } from './binding.ts';

/** Blocks of `units` columns in the sums of a cell. */
const GATES = { simple: 1, lstm: 4, gru: 3 } as const;

export const recurrentStep: Bind<'recurrentStep'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { cell, rows, units, steps, step } = attributes;
  const rowBytes = GATES[cell.kind] * units * 4;
  const { chunks, extents } = cellRows(rows, units);
  const orZeros = (buffer: Buffer | null) => (buffer === null ? recording.tables.zeros(rows * units) : at(buffer));
  const products = inputs.products ?? inputs.bias;
  const given = {
    ...extents,
    sums: at(inputs.sums) + step * rowBytes,
    sumsRow: steps * rowBytes,
    products: products === null ? recording.tables.zeros(GATES[cell.kind] * units) : at(products),
    productsRow: inputs.products === null ? 0 : rowBytes,
    newState: at(outputs.state),
  };
  if (cell.kind === 'simple') return recording.run(SIMPLE_STEPS[cell.activation], chunks, given);
  const gates = at(present(outputs.gates));
  if (cell.kind === 'gru') return recording.run(GRU_STEP, chunks, { ...given, gates, state: orZeros(inputs.state) });
  const memories = { memory: orZeros(inputs.memory), newMemory: at(present(outputs.memory)) };
  recording.run(LSTM_STEP, chunks, { ...given, ...memories, gates });
};

export const recurrentStepGradient: Bind<'recurrentStepGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { cell, rows, units } = attributes;
  const count = rows * units;
  const { chunks, extents } = cellRows(rows, units);
  const orZeros = (buffer: Buffer | null) => (buffer === null ? recording.tables.zeros(count) : at(buffer));
  const [dstate, gates, dsums] = [at(inputs.dstate), at(inputs.gates), at(outputs.dsums)];
  if (cell.kind === 'simple')
    return simpleGradient(recording, cell.activation, { dy: dstate, y: gates, dx: dsums, count });
  recording.withScratch(count * 4, (unneeded) => {
    const orUnneeded = (buffer: Buffer | null) => (buffer === null ? unneeded : at(buffer));
    const given = { ...extents, dstate, gates, dsums };
    if (cell.kind === 'gru')
      recording.run(GRU_STEP_GRADIENT, chunks, {
        ...given,
        state: orZeros(inputs.state),
        dproducts: at(present(outputs.dproducts)),
        dstateBefore: orUnneeded(outputs.dstate),
      });
    else
      recording.run(LSTM_STEP_GRADIENT, chunks, {
        ...given,
        memory: orZeros(inputs.memory),
        dmemory: orZeros(inputs.dmemory),
        dmemoryBefore: orUnneeded(outputs.dmemory),
      });
  });
};

interface Slope {
  readonly dy: number;
  readonly y: number;
  readonly dx: number;
  readonly count: number;
}

function simpleGradient(recording: Recording, activation: RecurrentActivation, values: Slope): void {
  const { dy, dx, count } = values;
  const kernels = { tanh: TANH_GRADIENT, sigmoid: SIGMOID_GRADIENT, relu: RELU_SLOPE };
  if (activation === 'linear') recording.compute((floats) => floats.copyWithin(dx / 4, dy / 4, dy / 4 + count));
  else recording.run(kernels[activation], chunksFor(count), values);
}

/** What every cell of this kind has. */
function present(buffer: Buffer | null): Buffer {
  if (buffer === null) throw new Error('The cell lacks one of its outputs.');
  return buffer;
}
