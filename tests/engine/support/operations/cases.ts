import { ACTIVATIONS, type Activation } from '../../../../src/core/network/activations.ts';
import { streamKey } from '../../../../src/core/random.ts';
import { alternationAt } from '../../../../src/core/training/alternating-flip.ts';
import { NO_AUGMENTATION } from '../../../../src/core/training/augmentation.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import { ATTENTION_CASES } from './attention-cases.ts';
import { caseOf, type OperationCase } from './given.ts';
import { IMAGE_CASES } from './image-cases.ts';
import { SEQUENCE_CASES } from './sequence-cases.ts';

/** Rows, inputs and units: smaller than a tile, no multiple of one, and deep enough for partial products. */
const PRODUCTS = [
  [1, 1, 1],
  [5, 7, 3],
  [33, 20, 17],
  [70, 65, 66],
  [3, 400, 10],
] as const;

const DENSE = PRODUCTS.flatMap(([rows, inputs, units]) => {
  const attributes = { rows, inputs, units };
  const title = `[${rows}, ${inputs}] x [${inputs}, ${units}]`;
  const forward = (relu: boolean, biased: boolean) =>
    caseOf(`${title}${relu ? ', relu' : ''}${biased ? ', bias' : ''}`, (given) => ({
      name: 'dense',
      inputs: {
        x: given.noise('x', rows, inputs),
        kernel: given.noise('kernel', inputs, units),
        bias: biased ? given.noise('bias', units) : null,
      },
      outputs: { y: given.empty('y', rows, units) },
      attributes: { ...attributes, relu },
    }));
  return [
    forward(false, false),
    forward(true, true),
    caseOf(title, (given) => ({
      name: 'denseInputGradient',
      inputs: { dy: given.noise('dy', rows, units), kernel: given.noise('kernel', inputs, units) },
      outputs: { dx: given.empty('dx', rows, inputs) },
      attributes,
    })),
    caseOf(title, (given) => ({
      name: 'denseKernelGradient',
      inputs: { x: given.noise('x', rows, inputs), dy: given.noise('dy', rows, units) },
      outputs: { dkernel: given.empty('dkernel', inputs, units) },
      attributes,
    })),
  ];
});

/** By what the recorder gives for the slope: what went in, or what came out. */
function slopeFrom(activation: Activation): 'x' | 'y' {
  return ['elu', 'sigmoid', 'tanh', 'softmax'].includes(activation) ? 'y' : 'x';
}

/** What could have come out, far from where a slope has a step. */
function outcome(activation: Activation): (value: number) => number {
  if (activation === 'sigmoid' || activation === 'softmax') return (value) => 0.5 + 0.45 * value;
  return (value) => 0.9 * value;
}

const ACTIVATED = ACTIVATIONS.flatMap((activation) => {
  const [rows, columns] = [9, 37];
  const attributes = { activation, count: rows * columns, columns };
  return [
    caseOf(activation, (given) => ({
      name: 'activate',
      inputs: { x: given.some('x', [rows, columns], (value) => 4 * value) },
      outputs: { y: given.empty('y', rows, columns) },
      attributes,
    })),
    caseOf(activation, (given) => {
      const dy = given.noise('dy', rows, columns);
      const from =
        slopeFrom(activation) === 'x'
          ? { x: given.some('x', [rows, columns], (value) => 4 * value), y: null }
          : { x: null, y: given.some('y', [rows, columns], outcome(activation)) };
      return {
        name: 'activateGradient',
        inputs: { dy, ...from },
        outputs: { dx: given.empty('dx', rows, columns) },
        attributes,
      };
    }),
  ];
});

const CLIPPED_BY_OUTPUT = caseOf('relu, by what came out', (given) => ({
  name: 'activateGradient',
  inputs: { dy: given.noise('dy', 300), x: null, y: given.some('y', [300], (value) => Math.max(value, 0)) },
  outputs: { dx: given.empty('dx', 300) },
  attributes: { activation: 'relu', count: 300, columns: 300 },
}));

const SUMS = [
  [1, 5],
  [31, 3],
  [400, 11],
].map(([rows = 0, columns = 0]) =>
  caseOf(`[${rows}, ${columns}]`, (given) => ({
    name: 'columnSums',
    inputs: { x: given.noise('x', rows, columns) },
    outputs: { sums: given.empty('sums', columns) },
    attributes: { rows, columns },
  })),
);

const ADDED = caseOf('value by value', (given) => ({
  name: 'add',
  inputs: { x: given.noise('x', 259), y: given.noise('y', 259) },
  outputs: { z: given.empty('z', 259) },
  attributes: { count: 259 },
}));

const DROPPED = [
  { title: 'its own rate', instead: null, adjustable: true },
  { title: 'the rate 0 instead', instead: 0, adjustable: true },
  { title: 'the rate 0.7 instead', instead: 0.7, adjustable: true },
  { title: 'always its own rate', instead: 0.7, adjustable: false },
].map(({ title, instead, adjustable }) =>
  caseOf(
    title,
    (given) => ({
      name: 'dropout',
      inputs: { x: given.noise('x', 301) },
      outputs: { y: given.empty('y', 301) },
      attributes: { count: 301, rate: 0.25, position: 2, adjustable },
    }),
    { dropout: instead },
  ),
);

const LOSSES = (['categoricalCrossentropy', 'meanSquaredError', 'binaryCrossentropy'] as const).flatMap((loss) =>
  [0, 0.1].map((smoothing) => {
    const [batch, columns] = [37, loss === 'binaryCrossentropy' ? 1 : 10];
    return caseOf(`${loss}, smoothing ${smoothing}`, (given) => ({
      name: 'loss',
      inputs: {
        logits: given.some('logits', [batch, columns], (value) => 3 * value),
        labels: given.labels(batch, Math.max(columns, 2)),
        weights: smoothing === 0 ? null : given.some('weights', [batch], (value) => 1 + value),
      },
      outputs: { dlogits: given.empty('dlogits', batch, columns), metrics: given.empty('metrics', 2) },
      attributes: { batch, columns, loss, smoothing },
    }));
  }),
);

const PENALTIES = [
  caseOf('of both kinds', (given) => {
    const metrics = given.noise('metrics', 2);
    return {
      name: 'penalty',
      inputs: { weight: given.noise('weight', 70, 71), metrics },
      outputs: { metrics },
      attributes: { count: 70 * 71, l1: 0.01, l2: 0.02 },
    };
  }),
  caseOf('of both kinds', (given) => ({
    name: 'penaltyGradient',
    inputs: { weight: given.noise('weight', 300) },
    outputs: { gradient: given.empty('gradient', 300) },
    attributes: { count: 300, l1: 0.01, l2: 0.02 },
  })),
];

const CLIPPED = [0.5, 1000].map((norm) =>
  caseOf(`to ${norm}`, (given) => {
    const gradients = [given.noise('one', 3), given.noise('other', 90, 50)];
    return { name: 'clip', inputs: { gradients }, outputs: { gradients }, attributes: { norm } };
  }),
);

const UPDATED = [
  ...Object.values(OPTIMIZERS).map(({ defaults, slots }) => ({ optimizer: defaults, slots: slots.length })),
  { optimizer: { ...OPTIMIZERS.momentum.defaults, nesterov: true }, slots: 1 },
].map(({ optimizer, slots: count }) =>
  caseOf(JSON.stringify(optimizer), (given) => {
    const weight = given.noise('weight', 261);
    const gradient = given.noise('gradient', 261);
    const slots = Array.from({ length: count }, (_, i) => given.some(`slot ${i}`, [261], Math.abs));
    return {
      name: 'update',
      inputs: { weight, gradient, slots },
      outputs: { weight, slots },
      attributes: { count: 261, optimizer },
    };
  }),
);

/** More values than one invocation adds up. */
const MOVED = [
  caseOf('by constants', (given) => ({
    name: 'blend',
    inputs: { x: given.noise('x', 301), y: given.noise('y', 301) },
    outputs: { z: given.empty('z', 301) },
    attributes: { count: 301, a: -4.775, b: 2 },
  })),
  caseOf('of many values', (given) => ({
    name: 'toUnitLength',
    inputs: { x: given.noise('x', 71, 90) },
    outputs: { y: given.empty('y', 71, 90) },
    attributes: { count: 71 * 90, epsilon: 1e-7 },
  })),
  caseOf('by momentum', (given) => {
    const [weight, velocity] = [given.noise('weight', 261), given.noise('velocity', 261)];
    return {
      name: 'updateMatrix',
      inputs: { weight, velocity, gradient: given.noise('gradient', 261), direction: given.noise('direction', 261) },
      outputs: { weight, velocity },
      attributes: { count: 261, scale: 0.7, optimizer: OPTIMIZERS.muon.defaults },
    };
  }),
  ...[0, 3].map((step) =>
    caseOf(
      `at step ${step}`,
      (given) => {
        const average = given.noise('average', 261);
        const inputs = { average, weight: given.noise('weight', 261) };
        return { name: 'average', inputs, outputs: { average }, attributes: { count: 261, keep: 0.9 } };
      },
      { step },
    ),
  ),
];

const VARIATION = {
  spec: { ...NO_AUGMENTATION, flip: true, shift: 2, rotation: 15, scale: 0.1, brightness: 0.2, erase: 0.5 },
  key: streamKey(5, 'augmentation', 1, 2),
  alternation: null,
};

const AUGMENTED = [
  { title: 'not at all', variation: null },
  { title: 'in every way', variation: VARIATION },
  { title: 'by alternating flip', variation: { ...VARIATION, alternation: alternationAt(5, 3) } },
].map(({ title, variation }) =>
  caseOf(
    title,
    (given) => {
      const images = { batch: 6, height: 9, width: 7, channels: 3 };
      const shape = [6, 9, 7, 3];
      return {
        name: 'augment',
        inputs: { x: given.some('x', shape, (value) => 1 + value) },
        outputs: { y: given.empty('y', ...shape) },
        attributes: { images, white: 2, bytes: false },
      };
    },
    { variation },
  ),
);

/** Every operation of a step, with sizes that are no multiple of anything. */
export const OPERATION_CASES: readonly OperationCase[] = [
  ...DENSE,
  ...IMAGE_CASES,
  ...ATTENTION_CASES,
  ...SEQUENCE_CASES,
  ...ACTIVATED,
  CLIPPED_BY_OUTPUT,
  ...SUMS,
  ADDED,
  ...DROPPED,
  ...LOSSES,
  ...PENALTIES,
  ...CLIPPED,
  ...UPDATED,
  ...MOVED,
  ...AUGMENTED,
];
