import type { DatasetSpec } from '../dataset/spec.ts';
import { type AugmentationSpec, NO_AUGMENTATION } from './augmentation.ts';
import { OPTIMIZERS, type OptimizerSpec } from './optimizers/registry.ts';
import { SCHEDULES, type ScheduleSpec } from './schedule.ts';

/** How a network is trained. Together with the network, the backend and the device it determines the whole curve. */
export interface Recipe {
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  readonly schedule: ScheduleSpec;
  /** Of every optimizer that brings none of its own, as AdamW does: see `weightDecayOf`. */
  readonly weightDecay: number;
  /** The largest norm of the gradient of all weights together; null for no limit. */
  readonly clipNorm: number | null;
  readonly loss: Loss;
  /** The share of each target that is spread over all classes, as in Keras: `y * (1 - s) + s / k` for k classes. */
  readonly labelSmoothing: number;
  /** How much the samples of each class count in the loss. */
  readonly classWeights: ClassWeights;
  /**
   * The share that a moving average of the trained weights keeps at each step; the network is judged and answers with the average.
   * 0 for the weights themselves.
   */
  readonly weightAveraging: number;
  /** Samples a step. */
  readonly batchSize: number;
  readonly epochs: number;
  /** Samples taken from the training set before those for validation are set aside. */
  readonly trainingImages: number;
  /** Whether validation images are set aside from the training images, or are the test set. */
  readonly validateOn: ValidateOn;
  /** The share of the training images that is set aside, 0 ... 0.5; not used when validating on the test set. */
  readonly validationSplit: number;
  /** The share of the training labels that is replaced by wrong ones. */
  readonly labelNoise: number;
  readonly augmentation: AugmentationSpec;
  /** Whether the test images are also answered by the mean over each image and its mirror image, as a result of its own. */
  readonly testTimeFlip: boolean;
  /** Null: train to the last epoch. */
  readonly earlyStopping: EarlyStopping | null;
  /** Drives initial weights, shuffle, split, dropout, augmentation and label noise. */
  readonly seed: number;
}

/** The loss, named as in Keras. */
export type Loss = 'categoricalCrossentropy' | 'binaryCrossentropy' | 'meanSquaredError';

/** Which loss, and how far its targets are smoothed. */
export type LossSpec = Pick<Recipe, 'loss' | 'labelSmoothing'>;

/** Plain cross-entropy. */
export const CROSS_ENTROPY: LossSpec = { loss: 'categoricalCrossentropy', labelSmoothing: 0 };

/**
 * How much a sample counts in the loss of training, as Keras' `class_weight`: 1, or the weight of its class that makes all
 * classes count the same in all.
 */
export type ClassWeights = (typeof CLASS_WEIGHTS)[number];

/** In the order of the picker. */
export const CLASS_WEIGHTS = ['none', 'balanced'] as const;

/** Which images a network in training is validated on. */
export type ValidateOn = (typeof VALIDATION_SETS)[number];

/** In the order of the picker. */
export const VALIDATION_SETS = ['split', 'test'] as const;

/** When to stop before the last epoch, as Keras' EarlyStopping on the validation loss. */
export interface EarlyStopping {
  /** Epochs without a lower validation loss after which the run ends. */
  readonly patience: number;
  /** Whether the run ends with the weights of its best epoch rather than the last ones. */
  readonly restoreBest: boolean;
}

/** The recipe that a new network for a data set starts with. Everything that could be left out is off. */
export function defaultRecipe({ splits }: DatasetSpec): Recipe {
  return { ...PLAIN_RECIPE, trainingImages: splits.train };
}

/** All of the default recipe but the number of training samples, which depends on the data set. */
const PLAIN_RECIPE: Omit<Recipe, 'trainingImages'> = {
  optimizer: OPTIMIZERS.adam.defaults,
  learningRate: 0.001,
  schedule: SCHEDULES.constant.defaults,
  weightDecay: 0,
  clipNorm: null,
  loss: 'categoricalCrossentropy',
  labelSmoothing: 0,
  classWeights: 'none',
  weightAveraging: 0,
  batchSize: 32,
  epochs: 15,
  validateOn: 'split',
  validationSplit: 0.2,
  labelNoise: 0,
  augmentation: NO_AUGMENTATION,
  testTimeFlip: false,
  earlyStopping: null,
  seed: 42,
};

/** What early stopping starts with when it is switched on. */
export const DEFAULT_EARLY_STOPPING: EarlyStopping = { patience: 3, restoreBest: true };

/** The share that each weight loses a step, times the learning rate, whichever optimizer it belongs to. */
export function weightDecayOf({ optimizer, weightDecay }: Recipe): number {
  return 'weightDecay' in optimizer ? optimizer.weightDecay : weightDecay;
}

/** The recipe with another weight decay, kept where its optimizer looks for it. */
export function withWeightDecay(recipe: Recipe, weightDecay: number): Recipe {
  const { optimizer } = recipe;
  return 'weightDecay' in optimizer
    ? { ...recipe, optimizer: { ...optimizer, weightDecay } }
    : { ...recipe, weightDecay };
}

/** Whether a run has any images to validate on. */
export function isValidated({ validateOn, validationSplit }: Recipe): boolean {
  return validateOn === 'test' || validationSplit > 0;
}
