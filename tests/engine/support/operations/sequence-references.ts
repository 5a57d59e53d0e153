import type { Buffer } from '../../../../src/engine/step/buffer.ts';
import type { OperationName } from '../../../../src/engine/step/operation.ts';
import type { CellSpec } from '../../../../src/engine/step/sequence-operations.ts';
import { curve, list, type Reference, sigmoid, sum, take } from './plain.ts';

const GATES = { simple: 1, lstm: 4, gru: 3 } as const;

/** What a cell is given for one sequence and unit: sums and products by gate, and what was before. */
interface CellInputs {
  readonly sums: readonly number[];
  readonly products: readonly number[];
  readonly state: number;
  readonly memory: number;
}

/** State, memory, and what is kept for the gradient. */
function cellOutputs(cell: CellSpec, { sums, products, state, memory }: CellInputs) {
  const own = (gate: number) => take(sums, gate);
  const past = (gate: number) => take(products, gate);
  const both = (gate: number) => own(gate) + past(gate);
  switch (cell.kind) {
    case 'simple':
      return { state: curve(cell.activation)(both(0)), memory: 0, kept: [] };
    case 'lstm': {
      const [input, forget, candidate, output] = [
        sigmoid(both(0)),
        sigmoid(both(1)),
        Math.tanh(both(2)),
        sigmoid(both(3)),
      ];
      const next = forget * memory + input * candidate;
      const kept = [input, forget, candidate, output, Math.tanh(next)];
      return { state: output * Math.tanh(next), memory: next, kept };
    }
    case 'gru': {
      const [update, reset] = [sigmoid(both(0)), sigmoid(both(1))];
      const fresh = Math.tanh(own(2) + reset * past(2));
      return { state: update * state + (1 - update) * fresh, memory: 0, kept: [update, reset, fresh, past(2)] };
    }
    default:
      return cell satisfies never;
  }
}

/** Sums and products that a cell kept these gates of. */
function inputsOf(cell: CellSpec, kept: readonly number[]): Pick<CellInputs, 'sums' | 'products'> {
  const logit = (y: number) => Math.log(y / (1 - y));
  const [a = 0, b = 0, c = 0, d = 0] = kept;
  switch (cell.kind) {
    case 'simple': {
      const inverses = { tanh: Math.atanh, sigmoid: logit, linear: (y: number) => y, relu: (y: number) => y || -1 };
      return { sums: [inverses[cell.activation](a)], products: [0] };
    }
    case 'lstm':
      return { sums: [logit(a), logit(b), Math.atanh(c), logit(d)], products: [0, 0, 0, 0] };
    case 'gru':
      return { sums: [logit(a), logit(b), Math.atanh(c) - b * d], products: [0, 0, d] };
    default:
      return cell satisfies never;
  }
}

const H = 1e-6;

function moved(values: readonly number[], place: number, by: number): readonly number[] {
  return values.map((value, i) => (i === place ? value + by : value));
}

type References<Names extends OperationName> = { readonly [Name in Names]: Reference<Name> };

/** What operations of layers on sequences write, and those of averaged weights and of Muon. */
export const SEQUENCE_REFERENCES: References<
  | ('concatenate' | 'columnsOf' | 'recurrentStep' | 'recurrentStepGradient')
  | ('blend' | 'toUnitLength' | 'updateMatrix' | 'average')
> = {
  concatenate: ({ inputs, outputs, attributes: { rows, widths } }, of) => {
    const row = (r: number) =>
      inputs.parts.flatMap((part, i) =>
        Array.from(list(take(widths, i), (c) => take(of(part), r * take(widths, i) + c))),
      );
    return [[outputs.z, Array.from({ length: rows }, (_, r) => row(r)).flat()]];
  },
  columnsOf: ({ inputs, outputs, attributes: { rows, columns, first, width } }, of) => [
    [outputs.x, list(rows * width, (i) => take(of(inputs.z), Math.floor(i / width) * columns + first + (i % width)))],
  ],
  recurrentStep: ({ inputs, outputs, attributes: { cell, rows, units, steps, step } }, of) => {
    const width = GATES[cell.kind] * units;
    const made = Array.from({ length: rows * units }, (_, i) => {
      const [row, unit] = [Math.floor(i / units), i % units];
      const before = (buffer: Buffer | null) => (buffer === null ? 0 : take(of(buffer), i));
      const byGate = (buffer: Buffer | null, start: number) =>
        Array.from({ length: GATES[cell.kind] }, (_, gate) =>
          buffer === null ? 0 : take(of(buffer), start + gate * units + unit),
        );
      return cellOutputs(cell, {
        sums: byGate(inputs.sums, (row * steps + step) * width),
        products: inputs.products === null ? byGate(inputs.bias, 0) : byGate(inputs.products, row * width),
        state: before(inputs.state),
        memory: before(inputs.memory),
      });
    });
    const blocks = made[0]?.kept.length ?? 0;
    const gate = (i: number) => {
      const [row, block, unit] = [Math.floor(i / (blocks * units)), Math.floor(i / units) % blocks, i % units];
      return take(made[row * units + unit]?.kept ?? [], block);
    };
    return [
      [outputs.state, made.map(({ state }) => state)],
      ...(outputs.memory === null ? [] : [[outputs.memory, made.map(({ memory }) => memory)] as const]),
      ...(outputs.gates === null ? [] : [[outputs.gates, list(rows * blocks * units, gate)] as const]),
    ];
  },
  // By differences, from what the cell must have been given.
  recurrentStepGradient: ({ inputs, outputs, attributes: { cell, rows, units } }, of) => {
    const gates = GATES[cell.kind];
    const blocks = of(inputs.gates).length / (rows * units);
    const slopes = Array.from({ length: rows * units }, (_, i) => {
      const [row, unit] = [Math.floor(i / units), i % units];
      const before = (buffer: Buffer | null) => (buffer === null ? 0 : take(of(buffer), i));
      const kept = Array.from({ length: blocks }, (_, b) => take(of(inputs.gates), (row * blocks + b) * units + unit));
      const given = { ...inputsOf(cell, kept), state: before(inputs.state), memory: before(inputs.memory) };
      const slope = (change: (by: number) => Partial<CellInputs>) => {
        const [up, down] = [
          cellOutputs(cell, { ...given, ...change(H) }),
          cellOutputs(cell, { ...given, ...change(-H) }),
        ];
        const [byState, byMemory] = [(up.state - down.state) / (2 * H), (up.memory - down.memory) / (2 * H)];
        return take(of(inputs.dstate), i) * byState + before(inputs.dmemory) * byMemory;
      };
      return {
        sums: given.sums.map((_, gate) => slope((by) => ({ sums: moved(given.sums, gate, by) }))),
        products: given.sums.map((_, gate) => slope((by) => ({ products: moved(given.products, gate, by) }))),
        state: slope((by) => ({ state: given.state + by })),
        memory: slope((by) => ({ memory: given.memory + by })),
      };
    });
    const byGate = (of: 'sums' | 'products') =>
      list(rows * gates * units, (i) => {
        const [row, gate, unit] = [Math.floor(i / (gates * units)), Math.floor(i / units) % gates, i % units];
        return take(slopes[row * units + unit]?.[of] ?? [], gate);
      });
    const { dproducts, dstate, dmemory } = outputs;
    return [
      [outputs.dsums, byGate('sums')],
      ...(dproducts === null ? [] : [[dproducts, byGate('products')] as const]),
      ...(dstate === null ? [] : [[dstate, slopes.map(({ state }) => state)] as const]),
      ...(dmemory === null ? [] : [[dmemory, slopes.map(({ memory }) => memory)] as const]),
    ];
  },
  blend: ({ inputs, outputs, attributes: { count, a, b } }, of) => [
    [outputs.z, list(count, (i) => a * take(of(inputs.x), i) + b * take(of(inputs.y), i))],
  ],
  toUnitLength: ({ inputs, outputs, attributes: { count, epsilon } }, of) => {
    const length = Math.sqrt(sum(count, (i) => take(of(inputs.x), i) ** 2)) + epsilon;
    return [[outputs.y, list(count, (i) => take(of(inputs.x), i) / length)]];
  },
  updateMatrix: ({ inputs, outputs, attributes: { count, scale, optimizer } }, of, { learningRate, weightDecay }) => {
    const velocity = (i: number) => optimizer.momentum * take(of(inputs.velocity), i) + take(of(inputs.gradient), i);
    const weight = (i: number) =>
      (1 - learningRate * weightDecay) * take(of(inputs.weight), i) -
      learningRate * scale * take(of(inputs.direction), i);
    return [
      [outputs.velocity, list(count, velocity)],
      [outputs.weight, list(count, weight)],
    ];
  },
  average: ({ inputs, outputs, attributes: { count, keep } }, of, { step }) => {
    const kept = step === 0 ? 0 : keep;
    return [
      [
        outputs.average,
        list(count, (i) => kept * take(of(inputs.average), i) + (1 - kept) * take(of(inputs.weight), i)),
      ],
    ];
  },
};
