import type { DatasetSpec } from '../dataset/spec.ts';
import type { NumericField } from '../network/numeric-field.ts';
import type { NumericRange } from '../network/options.ts';
import { numberText } from '../text/number-text.ts';

/** The options of a recipe that are numbers. */
export type NumericOption =
  | 'learningRate'
  | 'weightDecay'
  | 'clipNorm'
  | 'labelSmoothing'
  | 'weightAveraging'
  | 'batchSize'
  | 'epochs'
  | 'trainingImages'
  | 'validationSplit'
  | 'labelNoise'
  | 'seed';

/** A numeric field of the recipe, described once for the form and for validation. */
export type RecipeField = NumericField<NumericOption>;

/** The recipe's numeric fields by option. */
export type RecipeFields = { readonly [Option in NumericOption]: RecipeField };

const FIELDS = new WeakMap<DatasetSpec, RecipeFields>();

/** The recipe's numeric fields for a data set: how far they go, and what they mean in its words. */
export function recipeFields(dataset: DatasetSpec): RecipeFields {
  const known = FIELDS.get(dataset) ?? fieldsFor(dataset);
  FIELDS.set(dataset, known);
  return known;
}

function fieldsFor({ splits, words: { sample, subject } }: DatasetSpec): RecipeFields {
  return {
    ...COMMON_FIELDS,
    batchSize: {
      ...COMMON_FIELDS.batchSize,
      explanation: `How many ${sample.many} each step uses: larger batches are faster per ${sample.one}, smaller ones give noisier, more frequent steps; usual: 32 to 256.`,
    },
    epochs: {
      ...COMMON_FIELDS.epochs,
      explanation: `How many times the network sees every training ${sample.one}; too many and it memorises them; usual: 5 to 50.`,
    },
    trainingImages: {
      option: 'trainingImages',
      label: `Training ${sample.many}`,
      type: 'integer',
      min: Math.min(100, splits.train),
      max: splits.train,
      steps: [...IMAGE_STEPS.filter((step) => step < splits.train), splits.train],
      explanation: `How many of the ${numberText(splits.train)} ${sample.many} to use, validation included; fewer train faster and overfit sooner.`,
    },
    validationSplit: {
      ...COMMON_FIELDS.validationSplit,
      explanation: `The share of the ${sample.many} that is never trained on, to see how the network does on ${subject.many} it has never seen; usual: 0.1 to 0.2.`,
    },
    labelNoise: {
      ...COMMON_FIELDS.labelNoise,
      explanation: `The share of training ${sample.many} given a wrong label on purpose: a network that learns these too has memorised the training ${sample.many}; usual: 0.`,
    },
  };
}

/** How many training samples to offer. */
const IMAGE_STEPS = [100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000];

/** What holds for all data sets; fields whose explanation names samples get it from `fieldsFor`. */
const COMMON_FIELDS: { readonly [Option in Exclude<NumericOption, 'trainingImages'>]: RecipeField } = {
  learningRate: {
    option: 'learningRate',
    label: 'Learning rate',
    type: 'number',
    min: 1e-6,
    max: 10,
    steps: [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1],
    explanation:
      'How far each step goes: too small, and training is slow; too large, and it diverges; usual: 0.0001 to 0.01 for Adam.',
  },
  weightDecay: {
    option: 'weightDecay',
    label: 'Weight decay',
    type: 'number',
    min: 0,
    max: 1,
    steps: [0, 0.0001, 0.001, 0.004, 0.01, 0.1],
    explanation:
      'Takes this share, times the learning rate, off every weight at each step, so that weights stay small; usual: 0.0001 to 0.01.',
  },
  clipNorm: {
    option: 'clipNorm',
    label: 'Clip gradient',
    type: 'number',
    min: 0.001,
    max: 1000,
    steps: [0.1, 0.5, 1, 5, 10],
    explanation:
      'Shortens a gradient longer than this to this length, so that one odd batch cannot ruin the weights; usual: 1 to 5.',
  },
  labelSmoothing: {
    option: 'labelSmoothing',
    label: 'Label smoothing',
    type: 'number',
    min: 0,
    max: 0.5,
    steps: [0, 0.05, 0.1, 0.2],
    explanation:
      'Asks for slightly less than certainty, so that the network does not become overconfident; usual: 0.1.',
  },
  weightAveraging: {
    option: 'weightAveraging',
    label: 'Average weights',
    type: 'number',
    min: 0,
    max: 0.9999,
    steps: [0, 0.9, 0.98, 0.99, 0.995, 0.999],
    explanation:
      'Judges and answers with a moving average of the weights, of which each step keeps this share: it smooths out the last steps, and is often more accurate. Batch normalisation keeps its own moving mean and variance; usual: 0.99 to 0.999.',
  },
  batchSize: {
    option: 'batchSize',
    label: 'Batch size',
    type: 'integer',
    min: 1,
    max: 1024,
    steps: [8, 16, 32, 64, 128, 256, 512],
    explanation: '',
  },
  epochs: {
    option: 'epochs',
    label: 'Epochs',
    type: 'integer',
    min: 1,
    max: 1000,
    steps: [1, 2, 5, 10, 15, 20, 30, 50, 100],
    explanation: '',
  },
  validationSplit: {
    option: 'validationSplit',
    label: 'Validation split',
    type: 'number',
    min: 0,
    max: 0.5,
    steps: [0, 0.1, 0.2, 0.3, 0.5],
    explanation: '',
  },
  labelNoise: {
    option: 'labelNoise',
    label: 'Label noise',
    type: 'number',
    min: 0,
    max: 0.9,
    steps: [0, 0.1, 0.2, 0.4],
    explanation: '',
  },
  seed: {
    option: 'seed',
    label: 'Seed',
    type: 'integer',
    min: 0,
    max: 4_294_967_295,
    steps: [],
    explanation: 'Determines everything random: the same seed gives the same run again.',
  },
};

/** The numbers that a field allows, where it is the same for all data sets. */
export const RECIPE_RANGES: { readonly [Option in keyof typeof COMMON_FIELDS]: NumericRange } = COMMON_FIELDS;

/** The field of `earlyStopping.patience`. */
export const PATIENCE_FIELD: NumericField<'patience'> = {
  option: 'patience',
  label: 'Patience',
  type: 'integer',
  min: 1,
  max: 100,
  steps: [1, 2, 3, 5, 10],
  explanation: 'Ends the run after this many epochs without a lower validation loss; usual: 3 to 10.',
};

/** One sentence for a student on the switch `testTimeFlip`. */
export const TEST_TIME_FLIP_EXPLANATION =
  'Test-time augmentation: beside the test result, also says how well the mean of the answers to each test image and to its mirror image does. It takes two answers for each image, and is not the test result.';

/** One sentence for a student on the switch `earlyStopping.restoreBest`. */
export const RESTORE_BEST_EXPLANATION =
  'Ends with the weights of the epoch that had the lowest validation loss, instead of the last ones.';
