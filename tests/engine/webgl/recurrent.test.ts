import { expect, test, vi } from 'vitest';
import { RECURRENT_ACTIVATIONS } from '../../../src/core/network/layers/simple-rnn.ts';
import { plannedBytes } from '../../../src/core/training/planned-memory.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { RecordedTrainer } from '../../../src/engine/recorded-trainer.ts';
import { digits } from '../../support/proof-datasets.ts';
import { openGpu } from '../kernels/support.ts';
import { graphFor, graphOf, type Row } from '../support/networks.ts';
import { engineWith, recipeFor, serveFolders } from '../support/proof.ts';
import { tapeTrainer } from '../support/tape-trainer.ts';
import { continueCurve, UNWATCHED } from '../support/training.ts';
import { expectClose } from '../support/values.ts';
import { expectSameSteps, SGD, sharedGpu } from '../support/webgl-runs.ts';

const gpu = sharedGpu();

const OUTPUT: Row = ['dense', { units: 10, activation: 'softmax' }];
/** Seven steps of seven numbers. */
const SMALL_IMAGE: Row = ['averagePooling2d', { poolSize: 4 }];

test.each(['simpleRnn', 'lstm', 'gru'] as const)('%s learns as on the tape', (kind) => {
  const last: readonly Row[] = [SMALL_IMAGE, [kind, { units: 8 }], OUTPUT];
  for (const batch of [8, 1]) expectSameSteps(gpu(), graphOf(...last), SGD, batch);
  // All steps in both directions, of units that fill no four, with penalties.
  const all: readonly Row[] = [
    SMALL_IMAGE,
    [kind, { units: 5, bidirectional: true, returnSequences: true, l2: 0.01 }],
    [kind, { units: 6, returnSequences: true }],
    ['flatten'],
    OUTPUT,
  ];
  expectSameSteps(gpu(), graphOf(...all), SGD, 13);
  expectSameSteps(gpu(), graphOf(...all), { ...SGD, learningRate: 10, clipNorm: 0.05 }, 5, { steps: 1 });
});

test.each(['simpleRnn', 'lstm', 'gru'] as const)(
  '%s reads sequences of one step, and learns nothing where it is frozen',
  (kind) => {
    const single: readonly Row[] = [['averagePooling2d', { poolSize: 28 }], [kind, { units: 5, l2: 0.01 }], OUTPUT];
    expectSameSteps(gpu(), graphOf(...single), SGD, 8);
    const below: Row = ['conv2d', { filters: 2, kernelSize: 1, padding: 'same', activation: 'tanh' }];
    expectSameSteps(gpu(), graphOf(SMALL_IMAGE, below, [kind, { units: 6, frozen: true }], OUTPUT), SGD, 8);
  },
);

test.each(RECURRENT_ACTIVATIONS)('a simple cell of %s learns as on the tape', (activation) => {
  expectSameSteps(gpu(), graphOf(SMALL_IMAGE, ['simpleRnn', { units: 6, activation }], OUTPUT), SGD, 8);
});

test('more steps than a shader has samplers are put side by side, in folded textures, too', () => {
  const rows: readonly Row[] = [['lstm', { units: 4, returnSequences: true }], ['gru', { units: 3 }], OUTPUT];
  expectSameSteps(gpu(), graphOf(...rows), SGD, 7, { steps: 1 });
  const small = openGpu(500);
  const few = { ...FASHION_MNIST, splits: { train: 60, test: 60 } };
  expectSameSteps(small, graphFor(few, ...rows), SGD, 20, { steps: 1 });
  small.dispose();
});

test('a network of recurrent layers trains, is judged and answers by the kernels as by the tape', async () => {
  const dataset = digits();
  const address = (await serveFolders([dataset]))(dataset);
  const engine = await engineWith('webgl', address);
  const gru: Row = ['gru', { units: 8, bidirectional: true, returnSequences: true }];
  const output: Row = ['dense', { units: dataset.spec.classes.length, activation: 'softmax' }];
  const graph = graphFor(dataset.spec, SMALL_IMAGE, gru, ['lstm', { units: 6 }], output);
  const recipe = recipeFor(dataset, { weightAveraging: 0.9 });
  const before = engine.memory().bytes;
  const trainer = await engine.createTrainer(graph, recipe);
  expect(trainer).toBeInstanceOf(RecordedTrainer);
  const planned = await engine.plannedMemory(graph, recipe);
  expect(planned && plannedBytes(planned)).toBe(engine.memory().bytes - before);
  const tape = await tapeTrainer(graph, recipe, address);
  const [ours, expected] = [await continueCurve(trainer, 4), await continueCurve(tape, 4)];
  expectClose(ours.losses, expected.losses, 1e-5);
  const asked = engine.samples('train', Uint32Array.of(0, 5, 9));
  for (const position of [1, 2]) {
    expectClose(await trainer.activations(asked, position), await tape.activations(asked, position), 1e-4);
  }
  const judged = await trainer.evaluate('validation', UNWATCHED);
  expectClose(judged.probabilities, (await tape.evaluate('validation', UNWATCHED)).probabilities, 1e-4);
  const predictor = await engine.createPredictor(graph, await trainer.readWeights());
  expectClose(await predictor.predict(asked), await tape.predict(asked), 1e-4);
  const snapshot = await trainer.snapshot();
  const next = await continueCurve(trainer, 2);
  await trainer.restore(snapshot);
  expect((await continueCurve(trainer, 2)).losses).toEqual(next.losses);
  for (const part of [predictor, trainer, tape]) part.dispose();
  vi.unstubAllGlobals();
});
