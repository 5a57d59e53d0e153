import { describe, expect, test } from 'vitest';
import { NO_AUGMENTATION } from '../../../../src/core/training/augmentation.ts';
import {
  type Adjustment,
  adjustmentLabels,
  adjustmentProblem,
  settingsOf,
} from '../../../../src/core/training/live-settings.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import { DEFAULT_RECIPE } from '../../../../src/datasets/fashion-mnist/presets/base.ts';

const SETTINGS = settingsOf(DEFAULT_RECIPE);

test('a run begins with the settings of its recipe, with the weight decay of its optimizer', () => {
  expect(SETTINGS).toEqual({ learningRate: 0.001, weightDecay: 0, augmentation: NO_AUGMENTATION, dropout: null });
  expect(settingsOf({ ...DEFAULT_RECIPE, optimizer: OPTIMIZERS.adamw.defaults }).weightDecay).toBe(0.004);
});

describe('an adjustment', () => {
  test.each<[Adjustment, string]>([
    [{ learningRate: 0 }, 'Learning rate must be at least 0.000001.'],
    [{ weightDecay: 2 }, 'Weight decay must be at most 1.'],
    [{ dropout: 1 }, 'Dropout must be at most 0.95.'],
    [{ learningRate: 0.1, augmentation: { ...NO_AUGMENTATION, shift: 9 } }, 'Shift must be at most 8.'],
  ])('%j is refused: %s', (values, sentence) => {
    expect(adjustmentProblem(values)).toBe(sentence);
  });

  test('of anything within its range can be made', () => {
    expect(adjustmentProblem({})).toBeNull();
    expect(adjustmentProblem({ ...SETTINGS, dropout: 0.5, learningRate: 1e-6 })).toBeNull();
    expect(adjustmentProblem({ dropout: 0.95 })).toBeNull();
  });

  test.each<[Adjustment, readonly string[]]>([
    [{ learningRate: 1e-4 }, ['lr 1e-3 → 1e-4']],
    [{ dropout: 0.5 }, ['Dropout as built → 0.5']],
    [{ weightDecay: 0.01 }, ['+Weight decay 0.01']],
    [{ augmentation: { ...NO_AUGMENTATION, flip: true } }, ['+Flip']],
    [{ learningRate: 0.001 }, []],
  ])('%j is marked %j', (values, labels) => {
    expect(adjustmentLabels(SETTINGS, values)).toEqual(labels);
  });
});
