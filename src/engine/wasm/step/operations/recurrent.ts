import type { Buffer } from '../../../step/buffer.ts';
import type { CellSpec } from '../../../step/sequence-operations.ts';
import type { Bind } from './binding.ts';
import { CELL_GRADIENTS } from './cell-gradients.ts';
import { CELLS } from './cells.ts';

/** Blocks of `units` columns: those of the sums, and those that are kept for the gradient. */
const BLOCKS = {
  simple: { sums: 1, kept: 1 },
  lstm: { sums: 4, kept: 5 },
  gru: { sums: 3, kept: 4 },
} as const satisfies Readonly<Record<CellSpec['kind'], unknown>>;

/** In JavaScript, rounded after each operation as the tape has it. */
export const recurrentStep: Bind<'recurrentStep'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { cell, rows, units, steps, step } = attributes;
  const { sums: blocks, kept } = BLOCKS[cell.kind];
  const width = blocks * units;
  const place = (buffer: Buffer | null) => buffer && at(buffer) / 4;
  const [sums, products] = [at(inputs.sums) / 4, place(inputs.products)];
  const [bias, state, memory] = [place(inputs.bias), place(inputs.state), place(inputs.memory)];
  const [newState, newMemory, gates] = [at(outputs.state) / 4, place(outputs.memory), place(outputs.gates)];
  const forward = CELLS[cell.kind];
  recording.compute((floats) => {
    for (let row = 0; row < rows; row++) {
      const within = (start: number | null, size: number) => (start === null ? null : start + row * size);
      forward(floats, {
        ...{ units, cell },
        sums: sums + (row * steps + step) * width,
        products: within(products, width) ?? bias,
        state: within(state, units),
        memory: within(memory, units),
        newState: newState + row * units,
        newMemory: within(newMemory, units) ?? 0,
        gates: within(gates, kept * units) ?? 0,
      });
    }
  });
};

/** In JavaScript, rounded after each operation as the tape has it. */
export const recurrentStepGradient: Bind<'recurrentStepGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { cell, rows, units } = attributes;
  const { sums: blocks, kept } = BLOCKS[cell.kind];
  const width = blocks * units;
  const place = (buffer: Buffer | null) => buffer && at(buffer) / 4;
  const [dstate, dmemory, gates] = [at(inputs.dstate) / 4, place(inputs.dmemory), at(inputs.gates) / 4];
  const [state, memory] = [place(inputs.state), place(inputs.memory)];
  const [dsums, dproducts] = [at(outputs.dsums) / 4, place(outputs.dproducts)];
  const [dstateBefore, dmemoryBefore] = [place(outputs.dstate), place(outputs.dmemory)];
  const backward = CELL_GRADIENTS[cell.kind];
  recording.compute((floats) => {
    for (let row = 0; row < rows; row++) {
      const within = (start: number | null, size: number) => (start === null ? null : start + row * size);
      backward(floats, {
        ...{ units, cell },
        dstate: dstate + row * units,
        dmemory: within(dmemory, units),
        gates: gates + row * kept * units,
        state: within(state, units),
        memory: within(memory, units),
        dsums: dsums + row * width,
        dproducts: within(dproducts, width) ?? 0,
        dstateBefore: within(dstateBefore, units),
        dmemoryBefore: within(dmemoryBefore, units),
      });
    }
  });
};
