import type { CellSpec } from '../../../step/sequence-operations.ts';
import { CURVES } from './activation-curves.ts';

/** One sequence at one step, by the indices of floats: see `recurrentStepGradient`. Null for what is 0, or not needed. */
export interface CellGradientCall {
  readonly units: number;
  readonly cell: CellSpec;
  readonly dstate: number;
  readonly dmemory: number | null;
  readonly gates: number;
  readonly state: number | null;
  readonly memory: number | null;
  readonly dsums: number;
  readonly dproducts: number;
  readonly dstateBefore: number | null;
  readonly dmemoryBefore: number | null;
}

const round = Math.fround;
const bySigmoid = CURVES.sigmoid.gradient;
const byTanh = CURVES.tanh.gradient;

/** The gradient by a step of each kind of cell. */
export const CELL_GRADIENTS: Readonly<
  Record<CellSpec['kind'], (floats: Float32Array, call: CellGradientCall) => void>
> = {
  simple: (floats, { units, cell, dstate, gates: state, dsums }) => {
    const slope = slopeOf(cell);
    for (let i = 0; i < units; i++) {
      floats[dsums + i] = slope(floats[dstate + i] ?? 0, floats[state + i] ?? 0);
    }
  },
  lstm: (floats, { units, dstate, dmemory, gates, memory, dsums, dmemoryBefore }) => {
    const gate = (index: number, i: number) => floats[gates + index * units + i] ?? 0;
    for (let i = 0; i < units; i++) {
      const [input, forget, candidate, output, shown] = [gate(0, i), gate(1, i), gate(2, i), gate(3, i), gate(4, i)];
      const dh = floats[dstate + i] ?? 0;
      const later = dmemory === null ? 0 : (floats[dmemory + i] ?? 0);
      const dnext = round(later + round(byTanh(round(dh * output), shown)));
      const before = memory === null ? 0 : (floats[memory + i] ?? 0);
      floats[dsums + i] = bySigmoid(round(dnext * candidate), input);
      floats[dsums + units + i] = bySigmoid(round(dnext * before), forget);
      floats[dsums + 2 * units + i] = byTanh(round(dnext * input), candidate);
      floats[dsums + 3 * units + i] = bySigmoid(round(dh * shown), output);
      if (dmemoryBefore !== null) floats[dmemoryBefore + i] = dnext * forget;
    }
  },
  gru: (floats, { units, dstate, gates, state, dsums, dproducts, dstateBefore }) => {
    const gate = (index: number, i: number) => floats[gates + index * units + i] ?? 0;
    for (let i = 0; i < units; i++) {
      const [update, reset, fresh, old] = [gate(0, i), gate(1, i), gate(2, i), gate(3, i)];
      const dh = floats[dstate + i] ?? 0;
      const before = state === null ? 0 : (floats[state + i] ?? 0);
      const dupdate = round(round(dh * before) - round(dh * fresh));
      const dfresh = round(byTanh(round(dh * round(1 - update)), fresh));
      const gradients = [bySigmoid(dupdate, update), bySigmoid(round(dfresh * old), reset), dfresh];
      gradients.forEach((gradient, block) => {
        floats[dsums + block * units + i] = gradient;
        floats[dproducts + block * units + i] = gradient;
      });
      floats[dproducts + 2 * units + i] = dfresh * reset;
      if (dstateBefore !== null) floats[dstateBefore + i] = dh * update;
    }
  },
};

function slopeOf(cell: CellSpec): (dy: number, y: number) => number {
  const activation = cell.kind === 'simple' ? cell.activation : 'linear';
  if (activation === 'linear') return (dy) => dy;
  return activation === 'relu' ? (dy, y) => dy * Number(y > 0) : CURVES[activation].gradient;
}
