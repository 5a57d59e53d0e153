import type { Checkpoint } from '../../../src/core/training/checkpoint.ts';
import { settingsOf } from '../../../src/core/training/live-settings.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';

/** A checkpoint at a step of a run of ten steps an epoch, whose one weight is the step. */
export function checkpointAt(step: number, more: Partial<Checkpoint> = {}): Checkpoint {
  const { recipe } = ciutacuCnn;
  return {
    snapshot: { step, weights: [Float32Array.of(step)], slots: [] },
    judgedEpochs: Math.floor(step / 10),
    course: { settings: settingsOf(recipe), lengths: [recipe.epochs] },
    earlyStopping: null,
    ...more,
  };
}
