import type { RecurrentActivation } from '../../../core/network/layers/simple-rnn.ts';
import { named } from '../assembler.ts';
import { type Code, f32x4, sequence, v128 } from '../code.ts';
import { type CellKernel, type Columns, cellKernel } from './cell-kernel.ts';
import { bySigmoid, byTanh, hyperbolicTangent, sigmoid } from './curves.ts';
import { elementwise } from './elementwise.ts';

// The formulas of `recurrentStep` and `recurrentStepGradient`, in the order in which the tape rounds. What is 0 or not needed is an array, too.

/** The sums of one step lie between those of others, and all rows may have the same products. */
const ROWS = ['sumsRow', 'productsRow'] as const;
const GIVEN = [
  ['sums', 'sumsRow'],
  ['products', 'productsRow'],
] as const;

/** The sum of a block, of inputs and of the state before. */
function sumOf({ load }: Columns<'sums' | 'products'>, block: number): Code {
  return f32x4.add(load('sums', block), load('products', block));
}

const ONE = v128.splat(1);
const ZERO = v128.splat(0);

/** The step of a plain cell, by its activation. */
export const SIMPLE_STEPS: Readonly<
  Record<RecurrentActivation, CellKernel<'sums' | 'products' | 'newState' | (typeof ROWS)[number]>>
> = {
  tanh: simpleStep('tanh', (columns) => hyperbolicTangent(columns.scope, sumOf(columns, 0))),
  sigmoid: simpleStep('sigmoid', (columns) => sigmoid(columns.scope, sumOf(columns, 0))),
  relu: simpleStep('relu', (columns) => f32x4.max(sumOf(columns, 0), ZERO)),
  linear: simpleStep('linear', (columns) => sumOf(columns, 0)),
};

function simpleStep(name: string, apply: (columns: Columns<'sums' | 'products'>) => Code) {
  return cellKernel(`${name}Step`, { arrays: [...GIVEN, ['newState', 1]], rows: ROWS }, (columns) =>
    columns.store('newState', 0, apply(columns)),
  );
}

/** dx = dy times 1 where y > 0, and times 0 elsewhere. */
export const RELU_SLOPE = elementwise('reluSlope', { inputs: ['dy', 'y'], outputs: ['dx'] }, ({ dy, y }) => ({
  dx: f32x4.mul(dy, v128.and(ONE, f32x4.gt(y, ZERO))),
}));

export const LSTM_STEP = cellKernel(
  'lstmStep',
  { arrays: [...GIVEN, ['memory', 1], ['newState', 1], ['newMemory', 1], ['gates', 5]], rows: ROWS },
  (columns) => {
    const { scope, load, store } = columns;
    const names = ['input', 'forget', 'candidate', 'output', 'shown', 'next'] as const;
    const { input, forget, candidate, output, shown, next } = named(names, () => scope.local('v128'));
    return sequence(
      input.set(sigmoid(scope, sumOf(columns, 0))),
      forget.set(sigmoid(scope, sumOf(columns, 1))),
      candidate.set(hyperbolicTangent(scope, sumOf(columns, 2))),
      output.set(sigmoid(scope, sumOf(columns, 3))),
      next.set(f32x4.add(f32x4.mul(forget, load('memory')), f32x4.mul(input, candidate))),
      shown.set(hyperbolicTangent(scope, next)),
      store('newMemory', 0, next),
      store('newState', 0, f32x4.mul(output, shown)),
      ...[input, forget, candidate, output, shown].map((gate, block) => store('gates', block, gate)),
    );
  },
);

export const LSTM_STEP_GRADIENT = cellKernel(
  'lstmStepGradient',
  {
    arrays: [
      ...([
        ['dstate', 1],
        ['dmemory', 1],
        ['gates', 5],
        ['memory', 1],
      ] as const),
      ...([
        ['dsums', 4],
        ['dmemoryBefore', 1],
      ] as const),
    ],
  },
  ({ scope, load, store }) => {
    const names = ['input', 'forget', 'candidate', 'output', 'shown', 'dh', 'dnext'] as const;
    const { input, forget, candidate, output, shown, dh, dnext } = named(names, () => scope.local('v128'));
    return sequence(
      ...[input, forget, candidate, output, shown].map((gate, block) => gate.set(load('gates', block))),
      dh.set(load('dstate')),
      dnext.set(f32x4.add(load('dmemory'), byTanh(f32x4.mul(dh, output), shown))),
      store('dsums', 0, bySigmoid(f32x4.mul(dnext, candidate), input)),
      store('dsums', 1, bySigmoid(f32x4.mul(dnext, load('memory')), forget)),
      store('dsums', 2, byTanh(f32x4.mul(dnext, input), candidate)),
      store('dsums', 3, bySigmoid(f32x4.mul(dh, shown), output)),
      store('dmemoryBefore', 0, f32x4.mul(dnext, forget)),
    );
  },
);

export const GRU_STEP = cellKernel(
  'gruStep',
  { arrays: [...GIVEN, ['state', 1], ['newState', 1], ['gates', 4]], rows: ROWS },
  (columns) => {
    const { scope, load, store } = columns;
    const names = ['update', 'reset', 'fresh', 'old'] as const;
    const { update, reset, fresh, old } = named(names, () => scope.local('v128'));
    const kept = f32x4.mul(update, load('state'));
    return sequence(
      update.set(sigmoid(scope, sumOf(columns, 0))),
      reset.set(sigmoid(scope, sumOf(columns, 1))),
      old.set(load('products', 2)),
      fresh.set(hyperbolicTangent(scope, f32x4.add(load('sums', 2), f32x4.mul(reset, old)))),
      store('newState', 0, f32x4.add(kept, f32x4.mul(f32x4.sub(ONE, update), fresh))),
      ...[update, reset, fresh, old].map((gate, block) => store('gates', block, gate)),
    );
  },
);

export const GRU_STEP_GRADIENT = cellKernel(
  'gruStepGradient',
  {
    arrays: [
      ...([
        ['dstate', 1],
        ['gates', 4],
        ['state', 1],
      ] as const),
      ...([
        ['dsums', 3],
        ['dproducts', 3],
        ['dstateBefore', 1],
      ] as const),
    ],
  },
  ({ scope, load, store }) => {
    const names = ['update', 'reset', 'fresh', 'old', 'dh', 'dupdate', 'dreset', 'dfresh'] as const;
    const { update, reset, fresh, old, dh, dupdate, dreset, dfresh } = named(names, () => scope.local('v128'));
    return sequence(
      ...[update, reset, fresh, old].map((gate, block) => gate.set(load('gates', block))),
      dh.set(load('dstate')),
      dupdate.set(bySigmoid(f32x4.sub(f32x4.mul(dh, load('state')), f32x4.mul(dh, fresh)), update)),
      dfresh.set(byTanh(f32x4.mul(dh, f32x4.sub(ONE, update)), fresh)),
      dreset.set(bySigmoid(f32x4.mul(dfresh, old), reset)),
      ...[dupdate, dreset, dfresh].map((gradient, block) => store('dsums', block, gradient)),
      ...[dupdate, dreset].map((gradient, block) => store('dproducts', block, gradient)),
      store('dproducts', 2, f32x4.mul(dfresh, reset)),
      store('dstateBefore', 0, f32x4.mul(dh, update)),
    );
  },
);

/** Every kernel of a cell that is not elementwise. */
export const CELL_KERNELS = [
  ...Object.values(SIMPLE_STEPS),
  LSTM_STEP,
  LSTM_STEP_GRADIENT,
  GRU_STEP,
  GRU_STEP_GRADIENT,
];
