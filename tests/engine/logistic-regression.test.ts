import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { OPTIMIZERS } from '../../src/core/training/optimizers/registry.ts';
import type { Recipe } from '../../src/core/training/recipe.ts';
import { RecordedTrainer } from '../../src/engine/recorded-trainer.ts';
import recorded from '../fixtures/sklearn/logistic-regression.json' with { type: 'json' };
import { numberFields } from '../support/number-fields.ts';
import { type ProofDataset, points } from '../support/proof-datasets.ts';
import { graphFor } from './support/networks.ts';
import { engineWith, recipeFor, serveFolders } from './support/proof.ts';
import { CALM, UNWATCHED } from './support/training.ts';
import { expectClose } from './support/values.ts';

const { rows, labels } = recorded;

/** The rows that scikit-learn was given, standardised, as a data set. */
const MEASURED: ProofDataset = {
  spec: {
    ...points().spec,
    id: 'measured',
    samples: { kind: 'table', fields: numberFields('a', 'b', 'c'), answer: 'belongs', storage: 'float32', scale: 1 },
    splits: { train: labels.length, test: 10 },
  },
  samples: { train: samplesOf(labels.length), test: samplesOf(10) },
};

function samplesOf(count: number) {
  const values = Float32Array.from(rows.slice(0, count).flat());
  return { values: new Uint8Array(values.buffer), labels: Uint8Array.from(labels.slice(0, count)) };
}

let addressOf: (dataset: ProofDataset) => string;
beforeAll(async () => {
  addressOf = await serveFolders([MEASURED]);
});
afterAll(() => vi.unstubAllGlobals());

/** All rows in each batch, and nothing that holds the weights back. */
const RECIPE: Recipe = recipeFor(MEASURED, {
  loss: 'binaryCrossentropy',
  batchSize: labels.length,
  validationSplit: 0,
});

test.each<
  readonly [backend: 'wasm' | 'webgl', name: string, classWeights: Recipe['classWeights'], change: Partial<Recipe>]
>([
  ['wasm', 'SGD', 'none', { optimizer: OPTIMIZERS.sgd.defaults, learningRate: 1 }],
  ['wasm', 'Adam', 'none', { optimizer: OPTIMIZERS.adam.defaults, learningRate: 0.05 }],
  ['wasm', 'SGD', 'balanced', { optimizer: OPTIMIZERS.sgd.defaults, learningRate: 1 }],
  ['webgl', 'SGD', 'balanced', { optimizer: OPTIMIZERS.sgd.defaults, learningRate: 1 }],
])(
  'a sigmoid unit trained on %s by %s, class weights %s, has the coefficients of scikit-learn’s logistic regression',
  async (backend, _name, classWeights, change) => {
    const engine = await engineWith(backend, addressOf(MEASURED));
    const graph = graphFor(MEASURED.spec, ['dense', { units: 1, activation: 'sigmoid' }]);
    const trainer = await engine.createTrainer(graph, { ...RECIPE, ...change, classWeights });
    expect(trainer).toBeInstanceOf(RecordedTrainer);
    for (let step = 0; step < 400; step++) await trainer.trainStep(CALM);
    const [kernel = new Float32Array(), bias = new Float32Array()] = await trainer.readWeights();
    const asked = engine.samples('test', Uint32Array.of(0, 1, 2));
    const answers = await trainer.predict(asked);
    const { probabilities } = await trainer.evaluate('test', UNWATCHED);
    const predictor = await engine.createPredictor(graph, [kernel, bias]);
    expectClose(await predictor.predict(asked), answers, 1e-6);
    predictor.dispose();
    expectClose(probabilities.subarray(0, 6), answers, 1e-6);
    for (const sample of [0, 1, 2]) {
      const sum = (rows[sample] ?? []).reduce((part, value, i) => part + value * (kernel[i] ?? 0), bias[0] ?? 0);
      expect(answers[2 * sample + 1]).toBeCloseTo(1 / (1 + Math.exp(-sum)), 4);
    }
    trainer.dispose();
    const { coefficients, intercept } = recorded[classWeights];
    [...coefficients, intercept].forEach((expected, i) => {
      expect(Math.abs(([...kernel, ...bias][i] ?? Number.NaN) - expected)).toBeLessThan(0.01 * Math.abs(expected));
    });
  },
);
