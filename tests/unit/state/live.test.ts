import { expect, test } from 'vitest';
import { applyEdit, createLayer } from '../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../src/core/network/presets/ciutacu.ts';
import { draftOf, withRecipe } from '../../../src/state/draft.ts';
import { interventionsOf, liveChange } from '../../../src/state/live.ts';
import { newRun, type Run } from '../../../src/state/run.ts';
import { liveSettings } from '../../../src/state/run-settings.ts';

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
