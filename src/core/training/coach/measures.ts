import { classCountOf, type DatasetSpec } from '../../dataset/spec.ts';
import type { Judgement } from '../../evaluation/evaluation.ts';
import type { Confusion } from '../../evaluation/metrics.ts';
import { median } from '../../median.ts';
import type { Loss } from '../recipe.ts';
import type { Setup } from '../setup.ts';

/** A judged epoch: a sample of the training images and as many validation images, both in inference mode. */
export interface JudgedEpoch {
  /** From 1. */
  readonly epoch: number;
  readonly trainSample: Judgement;
  readonly validation: Judgement;
  /** Of the validation set; null where it is not known. */
  readonly confusion: Confusion | null;
}

/** How far the training accuracy is above that of validation, and how far it could be by chance. */
export interface Gap {
  /** Mean difference of the accuracies over the last epochs, as a fraction. */
  readonly size: number;
  /** What a gap must exceed to be real: two points, or two standard errors where there are few images. */
  readonly margin: number;
}

/** A gap below two percentage points does not matter. */
export const SMALL_GAP = 0.02;

/** How many epochs a level is averaged over, so that a single fluctuation gives no verdict. */
export const LEVEL_EPOCHS = 3;

/** The mean of some numbers; NaN of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The epoch of the lowest validation loss, the first one on a tie; null of none. */
export function bestEpochOf(epochs: readonly JudgedEpoch[]): JudgedEpoch | null {
  return epochs.reduce<JudgedEpoch | null>(
    (best, epoch) => (best === null || epoch.validation.loss < best.validation.loss ? epoch : best),
    null,
  );
}

/**
 * The gap over the last epochs on `images` images a set. An accuracy p on n images has a standard error of sqrt(p (1 -
 * p) / n); the two sets are independent. Epochs share their images, so averaging more of them does not reduce the
 * error.
 */
export function gapOf(epochs: readonly Omit<JudgedEpoch, 'confusion'>[], images: number): Gap {
  const last = epochs.slice(-LEVEL_EPOCHS);
  const train = mean(last.map((epoch) => epoch.trainSample.accuracy));
  const validation = mean(last.map((epoch) => epoch.validation.accuracy));
  const error = Math.sqrt((train * (1 - train) + validation * (1 - validation)) / Math.max(1, images));
  return { size: train - validation, margin: Math.max(SMALL_GAP, 2 * error) };
}

/**
 * How much a curve fluctuates around its own trend: the standard deviation of a value, from second differences, in
 * which a straight trend cancels out and independent noise counts six times. The median keeps the steep first epochs
 * from counting as noise. 0 for fewer than three values.
 */
export function wiggleOf(values: readonly number[]): number {
  const bends = values
    .slice(2)
    .map((value, i) => Math.abs(value - 2 * (values[i + 1] ?? value) + (values[i] ?? value)));
  return bends.length === 0 ? 0 : median(bends) / NORMAL_QUARTILE / Math.sqrt(6);
}

/** Half of all values of a normal distribution lie within this many standard deviations of its mean. */
const NORMAL_QUARTILE = 0.6745;

/** The accuracy that guessing among so many classes reaches at most, by chance, on so many images. */
export function chanceAccuracy(images: number, classes: number): number {
  const chance = 1 / classes;
  return chance + 3 * Math.sqrt((chance * (1 - chance)) / Math.max(1, images));
}

/** The loss of a network that gives every class the same probability. */
export function chanceLoss(loss: Loss, dataset: DatasetSpec): number {
  const classes = classCountOf(dataset);
  return loss === 'meanSquaredError' ? (1 - 1 / classes) / classes : Math.log(classes);
}

/** How many images each of the two sets has that the gap is measured on. */
export function judgedImages({ recipe, dataset }: Setup): number {
  const { validateOn, validationSplit, trainingImages } = recipe;
  return validateOn === 'test'
    ? Math.min(trainingImages, dataset.splits.test)
    : Math.round(trainingImages * validationSplit);
}

/**
 * How much of itself a loss has lost lately, as a fraction: the mean of the last epochs against that of as many before
 * them, at most three. 0 for a single epoch.
 */
export function recentFall(losses: readonly number[]): number {
  const count = Math.min(LEVEL_EPOCHS, Math.floor(losses.length / 2));
  if (count === 0) return 0;
  return 1 - mean(losses.slice(-count)) / mean(losses.slice(-2 * count, -count));
}
