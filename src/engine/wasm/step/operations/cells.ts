import type { CellSpec } from '../../../step/sequence-operations.ts';
import { CURVES } from './activation-curves.ts';

/** One sequence at one step, by the indices of floats: see `recurrentStep`. Null for what is 0. */
export interface CellCall {
  readonly units: number;
  readonly cell: CellSpec;
  readonly sums: number;
  readonly products: number | null;
  readonly state: number | null;
  readonly memory: number | null;
  readonly newState: number;
  readonly newMemory: number;
  readonly gates: number;
}

const round = Math.fround;
const sigmoid = CURVES.sigmoid.value;
const tanh = (x: number) => round(Math.tanh(x));

/** What each kind of cell makes of a step. */
export const CELLS: Readonly<Record<CellSpec['kind'], (floats: Float32Array, call: CellCall) => void>> = {
  simple: (floats, { units, cell, sums, products, newState }) => {
    const apply = curveOf(cell);
    for (let i = 0; i < units; i++) {
      const past = products === null ? 0 : (floats[products + i] ?? 0);
      floats[newState + i] = apply(round((floats[sums + i] ?? 0) + past));
    }
  },
  lstm: (floats, { units, sums, products, memory, newState, newMemory, gates }) => {
    const block = (gate: number, i: number) => {
      const past = products === null ? 0 : (floats[products + gate * units + i] ?? 0);
      return round((floats[sums + gate * units + i] ?? 0) + past);
    };
    for (let i = 0; i < units; i++) {
      const [input, forget] = [sigmoid(block(0, i)), sigmoid(block(1, i))];
      const [candidate, output] = [tanh(block(2, i)), sigmoid(block(3, i))];
      const kept = round(forget * (memory === null ? 0 : (floats[memory + i] ?? 0)));
      const next = round(kept + round(input * candidate));
      const shown = tanh(next);
      floats[newMemory + i] = next;
      floats[newState + i] = output * shown;
      [input, forget, candidate, output, shown].forEach((value, gate) => {
        floats[gates + gate * units + i] = value;
      });
    }
  },
  gru: (floats, { units, sums, products, state, newState, gates }) => {
    const sum = (gate: number, i: number) => floats[sums + gate * units + i] ?? 0;
    const past = (gate: number, i: number) => (products === null ? 0 : (floats[products + gate * units + i] ?? 0));
    for (let i = 0; i < units; i++) {
      const update = sigmoid(round(sum(0, i) + past(0, i)));
      const reset = sigmoid(round(sum(1, i) + past(1, i)));
      const old = past(2, i);
      const fresh = tanh(round(sum(2, i) + round(reset * old)));
      const kept = round(update * (state === null ? 0 : (floats[state + i] ?? 0)));
      floats[newState + i] = kept + round(round(1 - update) * fresh);
      [update, reset, fresh, old].forEach((value, gate) => {
        floats[gates + gate * units + i] = value;
      });
    }
  },
};

function curveOf(cell: CellSpec): (x: number) => number {
  const activation = cell.kind === 'simple' ? cell.activation : 'linear';
  if (activation === 'linear') return (x) => x;
  return activation === 'relu' ? (x) => Math.max(x, 0) : CURVES[activation].value;
}
