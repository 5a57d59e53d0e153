import { expect, test } from 'vitest';
import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import { analyse } from '../../../src/core/network/graph.ts';
import { recipeProblems } from '../../../src/core/training/recipe-problems.ts';
import '../../../src/datasets/all-datasets.ts';
import { aboutPreset, presetById, presetsFor } from '../../../src/datasets/catalogue.ts';
import { WEATHER } from '../../fixtures/specs/datasets.ts';
import { numberFields } from '../../support/number-fields.ts';

/** weatherAUS.csv as a student opens it, with these columns as features. */
function opened(answer: string, ...columns: readonly string[]): DatasetSpec {
  return {
    ...WEATHER,
    id: 'weatheraus-0123abcd',
    title: 'weatherAUS',
    samples: { kind: 'table', fields: numberFields(...columns), answer, storage: 'float32', scale: 1 },
    classes: ['No', 'Yes'],
    splits: { train: 113_754, test: 28_439 },
  };
}

test('the table of the report is recognised by its columns, and brings the network of the report', async () => {
  const preset = presetsFor(opened('RainTomorrow', 'Humidity3pm'))[0];
  expect(preset).toMatchObject({ title: 'Rain tomorrow · Elvland 2023', reported: { testAccuracy: 0.76 } });
  const { network, recipe, dataset } = preset;
  const { graph, issues } = analyse(network, dataset);
  expect(issues).toEqual([]);
  expect(graph?.nodes.map(({ spec, output }) => [spec.kind, output])).toEqual([
    ['dense', [2]],
    ['dense', [1]],
  ]);
  expect(network.layers).toMatchObject([{ activation: 'softplus' }, { activation: 'sigmoid' }]);
  expect(recipeProblems(recipe, dataset)).toEqual({});
  expect(recipe).toMatchObject({
    optimizer: { kind: 'adam' },
    loss: 'binaryCrossentropy',
    classWeights: 'none',
    batchSize: 10,
    epochs: 3,
    validationSplit: 0.2,
  });
  const about = await aboutPreset(preset);
  expect(about.source).toContain('Elvland');
  expect(about.figures).toContainEqual({
    label: 'Rain, training rows: precision, recall, F1',
    value: '0.47, 0.65, 0.54',
  });
});

test('other tables have no such network, and their own presets are still described', async () => {
  const ids = (dataset: DatasetSpec) => presetsFor(dataset).map(({ id }) => id);
  expect(ids(opened('RainTomorrow', 'Humidity3pm', 'Pressure3pm'))).toEqual([
    'starting-dense',
    'starting-logistic',
    'elvland-rain-australia',
  ]);
  expect(ids(opened('RainTomorrow', 'Pressure3pm'))).not.toContain('elvland-rain-australia');
  expect(ids(opened('RainToday', 'Humidity3pm'))).not.toContain('elvland-rain-australia');
  const logistic = presetById(opened('RainTomorrow', 'Humidity3pm'), 'starting-logistic');
  expect(logistic && (await aboutPreset(logistic)).note).toContain('One sigmoid unit');
});
