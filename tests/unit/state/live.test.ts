import { expect, test } from 'vitest';
import { definitionOf, LAYER_KINDS } from '../../../src/core/network/layers/registry.ts';
import { applyEdit, createLayer } from '../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { draftOf, withRecipe } from '../../../src/state/draft.ts';
import { interventionsOf, liveChange } from '../../../src/state/live.ts';
import { newRun, type Run } from '../../../src/state/run.ts';
import { liveSettings } from '../../../src/state/run-settings.ts';
import { withDropoutRate } from '../../../src/state/sweep.ts';

const draft = draftOf(ciutacuCnn, 42);
const run: Run = { ...newRun(1, draft, 'run'), phase: 'training', stepsPerEpoch: 100 };
const slower = { ...run, adjustments: [{ step: 150, values: { learningRate: 1e-4 } }] };

/** The draft with a Dropout layer before its outputs. */
function dropping(rate: number) {
  const layer = createLayer('dropout', 'dropout-1', { rate });
  return { ...draft, network: applyEdit(draft.network, { type: 'insert', index: 4, layer }) };
}

test('a draft like its run changes nothing', () => {
  expect(liveChange(run, draft)).toBeNull();
  expect(liveChange(run, withRecipe(draft, { batchSize: 64, epochs: 3 }, ''))).toBeNull();
});

test('another learning rate can be put into the run, and only once', () => {
  const edited = withRecipe(draft, { learningRate: 1e-4 }, '');
  expect(liveChange(run, edited)).toEqual({ values: { learningRate: 1e-4 }, labels: ['lr 1e-3 → 1e-4'] });
  expect(liveChange(slower, edited)).toBeNull();
  expect(liveChange(slower, draft)?.labels).toEqual(['lr 1e-4 → 1e-3']);
});

test('the share that is dropped can be changed where the run has Dropout layers', () => {
  const trained = { ...run, draft: dropping(0.25) };
  expect(liveChange(trained, dropping(0.25))).toBeNull();
  expect(liveChange(trained, dropping(0.5))?.values).toEqual({ dropout: 0.5 });
  expect(liveChange(run, dropping(0.5))).toBeNull();
  const dropped = { ...trained, adjustments: [{ step: 1, values: { dropout: 0.5 } }] };
  expect(liveChange(dropped, dropping(0.5))).toBeNull();
  expect(liveChange(dropped, dropping(0.25))?.values).toEqual({ dropout: 0.25 });
});

test('one rate goes for every kind that drops values, as it does in the engine and in a sweep', () => {
  const kinds = LAYER_KINDS.filter((kind) => definitionOf(kind).traits.drops);
  expect(kinds).toContain('spatialDropout2d');
  const layers = kinds.map((kind) => createLayer(kind, kind));
  const mixed = { ...draft, network: { layers: draft.network.layers.toSpliced(1, 0, ...layers) } };
  const trained = { ...run, draft: mixed };
  expect(liveChange(trained, { ...mixed, network: withDropoutRate(mixed.network, 0.5) })).toEqual({
    values: { dropout: 0.5 },
    labels: ['Dropout as built → 0.5'],
  });
  for (const layer of layers) {
    const alone = { ...draft, network: { layers: draft.network.layers.toSpliced(1, 0, layer) } };
    const changed = { ...alone, network: withDropoutRate(alone.network, 0.5) };
    expect(liveChange({ ...run, draft: alone }, changed)?.values).toEqual({ dropout: 0.5 });
    // A rate of one layer alone cannot be put into a run: the engine would give it to all.
    const edit = { type: 'setOptions', id: layer.id, values: { rate: 0.5 } } as const;
    expect(liveChange(trained, { ...mixed, network: applyEdit(mixed.network, edit) })).toBeNull();
  }
});

test('augmentation and weight decay are live settings too', () => {
  const augmentation = { ...draft.recipe.augmentation, flip: true };
  const edited = withRecipe(draft, { augmentation, weightDecay: 0.01 }, '');
  expect(liveChange(run, edited)).toEqual({
    values: { augmentation, weightDecay: 0.01 },
    labels: ['+Flip', '+Weight decay 0.01'],
  });
});

test('each change is marked at its epoch, against the settings before it', () => {
  const twice = { ...slower, adjustments: [...slower.adjustments, { step: 300, values: { learningRate: 0.01 } }] };
  expect(interventionsOf(twice)).toEqual([
    { epoch: 1.5, label: 'lr 1e-3 → 1e-4' },
    { epoch: 3, label: 'lr 1e-4 → 0.01' },
  ]);
  expect(liveSettings(twice).learningRate).toBe(0.01);
});
