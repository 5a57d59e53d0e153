import { RECURRENT_ACTIVATIONS, type RecurrentActivation } from '../../../../src/core/network/layers/simple-rnn.ts';
import type { Buffer } from '../../../../src/engine/step/buffer.ts';
import type { CellSpec } from '../../../../src/engine/step/sequence-operations.ts';
import { caseOf, type Given, type OperationCase } from './given.ts';

/** Columns taken from the left, the middle and the right. */
const COLUMNS = [
  { first: 0, width: 3 },
  { first: 3, width: 1 },
  { first: 4, width: 7 },
].map(({ first, width }) =>
  caseOf(`columns ${first} to ${first + width - 1}`, (given) => ({
    name: 'columnsOf',
    inputs: { z: given.noise('z', 40, 11) },
    outputs: { x: given.empty('x', 40, width) },
    attributes: { rows: 40, columns: 11, first, width },
  })),
);

const SIDE_BY_SIDE = caseOf('three matrices', (given) => ({
  name: 'concatenate',
  inputs: { parts: [given.noise('a', 40, 3), given.noise('b', 40, 1), given.noise('c', 40, 7)] },
  outputs: { z: given.empty('z', 40, 11) },
  attributes: { rows: 40, widths: [3, 1, 7] },
}));

const CELLS: readonly { readonly cell: CellSpec; readonly gates: number; readonly kept: number }[] = [
  ...RECURRENT_ACTIVATIONS.map((activation) => ({
    cell: { kind: 'simple', activation } as const,
    ...{ gates: 1, kept: 1 },
  })),
  { cell: { kind: 'lstm' }, gates: 4, kept: 5 },
  { cell: { kind: 'gru' }, gates: 3, kept: 4 },
];

const [ROWS, UNITS, STEPS] = [13, 22, 3];

/** At the first step, with a bias of its own and without, and at a later one, where activations differ. */
function placesOf(cell: CellSpec): readonly ('first' | 'first, biased' | 'later')[] {
  return cell.kind === 'simple' && cell.activation !== 'tanh' ? ['later'] : ['first', 'first, biased', 'later'];
}

const FORWARD = CELLS.flatMap(({ cell, gates, kept }) =>
  placesOf(cell).map((place) =>
    caseOf(`${JSON.stringify(cell)}, ${place}`, (given) => {
      const width = gates * UNITS;
      const later = place === 'later';
      return {
        name: 'recurrentStep',
        inputs: {
          sums: given.noise('sums', ROWS, STEPS, width),
          products: later ? given.noise('products', ROWS, width) : null,
          bias: place === 'first, biased' ? given.noise('bias', width) : null,
          state: later ? given.noise('state', ROWS, UNITS) : null,
          memory: later && cell.kind === 'lstm' ? given.noise('memory', ROWS, UNITS) : null,
        },
        outputs: {
          state: given.empty('next', ROWS, UNITS),
          memory: cell.kind === 'lstm' ? given.empty('next memory', ROWS, UNITS) : null,
          gates: cell.kind === 'simple' ? null : given.empty('gates', ROWS, kept * UNITS),
        },
        attributes: { cell, rows: ROWS, units: UNITS, steps: STEPS, step: later ? 2 : 1 },
      };
    }),
  ),
);

/** What a cell could have kept, with the memory that follows from it. */
function keptBy(cell: CellSpec, given: Given, kept: number, memory: Buffer | null): Buffer {
  const shape = [ROWS, kept * UNITS];
  if (cell.kind === 'simple') return given.some('gates', shape, outcomeOf(cell.activation));
  const gates = given.some('gates', shape, (value) => 0.5 + 0.4 * value);
  const values = given.values.get(gates) ?? [];
  if (cell.kind === 'lstm') {
    const before = (memory && given.values.get(memory)) ?? [];
    for (let i = 0; i < ROWS * UNITS; i++) {
      const gate = (block: number) => (Math.floor(i / UNITS) * kept + block) * UNITS + (i % UNITS);
      const [input = 0, forget = 0, candidate = 0] = [values[gate(0)], values[gate(1)], values[gate(2)]];
      values[gate(4)] = Math.tanh(forget * (before[i] ?? 0) + input * candidate);
    }
  }
  return gates;
}

function outcomeOf(activation: RecurrentActivation): (value: number) => number {
  if (activation === 'relu') return (value) => Math.max(value, 0);
  return activation === 'sigmoid' ? (value) => 0.5 + 0.45 * value : (value) => 0.9 * value;
}

const BACKWARD = CELLS.flatMap(({ cell, gates, kept }) =>
  [...new Set(placesOf(cell).map((place) => place === 'later'))].map((later) =>
    caseOf(`${JSON.stringify(cell)}, ${later ? 'later' : 'first'}`, (given) => {
      const width = gates * UNITS;
      const kind = (name: CellSpec['kind']) => cell.kind === name;
      const memory = kind('lstm') && later ? given.noise('memory', ROWS, UNITS) : null;
      return {
        name: 'recurrentStepGradient',
        inputs: {
          dstate: given.noise('dstate', ROWS, UNITS),
          dmemory: kind('lstm') && later ? given.noise('dmemory', ROWS, UNITS) : null,
          gates: keptBy(cell, given, kept, memory),
          state: later ? given.noise('state', ROWS, UNITS) : null,
          memory,
        },
        outputs: {
          dsums: given.empty('dsums', ROWS, width),
          dproducts: kind('gru') ? given.empty('dproducts', ROWS, width) : null,
          dstate: kind('gru') && later ? given.empty('dstate before', ROWS, UNITS) : null,
          dmemory: kind('lstm') && later ? given.empty('dmemory before', ROWS, UNITS) : null,
        },
        attributes: { cell, rows: ROWS, units: UNITS },
      };
    }),
  ),
);

/** What layers on sequences do. */
export const SEQUENCE_CASES: readonly OperationCase[] = [...COLUMNS, SIDE_BY_SIDE, ...FORWARD, ...BACKWARD];
