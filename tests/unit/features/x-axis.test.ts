import { expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { horizontalOf, placeOf } from '../../../src/features/x-axis.ts';
import { draftOf } from '../../../src/state/draft.ts';
import { newRun, type Run } from '../../../src/state/run.ts';

/** A run of 15 epochs of 100 steps of 32 images that is two and a half epochs old. The second epoch took twice as long as the first. */
function halfway(): Run {
  const record = { trainSample: null, validation: null, confusion: null };
  return {
    ...newRun(1, draftOf(ciutacuCnn, 42), 'run'),
    phase: 'training',
    stepsPerEpoch: 100,
    losses: new Float32Array(250),
    seconds: 8,
    epochs: [
      { ...record, epoch: 1, step: 100, seconds: 2 },
      { ...record, epoch: 2, step: 200, seconds: 6 },
    ],
  };
}

test('an epoch lies at its steps, its images and its seconds', () => {
  const run = halfway();
  expect(placeOf(run, 'epoch')(1.5)).toBe(1.5);
  expect(placeOf(run, 'step')(1.5)).toBe(150);
  expect(placeOf(run, 'images')(1.5)).toBe(4800);
  expect([0, 0.5, 1, 1.5, 2, 2.5].map(placeOf(run, 'seconds'))).toEqual([0, 1, 2, 4, 6, 8]);
});

test('the axis is as long as the run will be, and in seconds ends at a round number beyond now', () => {
  const run = halfway();
  expect(horizontalOf(run, 'epoch').end).toBe(15);
  expect(horizontalOf(run, 'images').end).toBe(48_000);
  expect(horizontalOf(run, 'seconds').end).toBe(10);
  expect(horizontalOf({ ...run, phase: 'finished', seconds: 41.2 }, 'seconds').end).toBe(42);
});

test('a run that has not begun has an axis all the same', () => {
  const run = newRun(1, draftOf(ciutacuCnn, 42), 'run');
  expect(horizontalOf(run, 'step').end).toBe(1);
  expect(placeOf(run, 'seconds')(0)).toBe(0);
});
