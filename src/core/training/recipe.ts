import { classCountOf, type DatasetSpec } from '../dataset/spec.ts';
import { type NumericField, numericProblems } from '../network/numeric-field.ts';
import { fieldProblem, type NumericRange, numberProblem } from '../network/options.ts';
import { capitalised, countWord } from '../text/count-words.ts';
import { numberText } from '../text/number-text.ts';
import { type AugmentationSpec, augmentationProblems, NO_AUGMENTATION } from './augmentation.ts';
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
  /** Null: train to the last epoch. */
  readonly earlyStopping: EarlyStopping | null;
  /** Drives initial weights, shuffle, split, dropout, augmentation and label noise. */
  readonly seed: number;
}

/** The loss, named as in Keras. */
export type Loss = 'categoricalCrossentropy' | 'binaryCrossentropy' | 'meanSquaredError';

/** Which images a network in training is validated on. */
export type ValidateOn = 'split' | 'test';

/** When to stop before the last epoch, as Keras' EarlyStopping on the validation loss. */
export interface EarlyStopping {
  /** Epochs without a lower validation loss after which the run ends. */
  readonly patience: number;
  /** Whether the run ends with the weights of its best epoch rather than the last ones. */
  readonly restoreBest: boolean;
}

type NumericOption =
  | 'learningRate'
  | 'weightDecay'
  | 'clipNorm'
  | 'labelSmoothing'
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

/** One sentence for a student on the switch `earlyStopping.restoreBest`. */
export const RESTORE_BEST_EXPLANATION =
  'Ends with the weights of the epoch that had the lowest validation loss, instead of the last ones.';

/** A choice among a few words, for the form. */
export interface Choice {
  readonly title: string;
  /** One sentence for a student. */
  readonly explanation: string;
}

/** What people call the losses, in the order of the picker. */
export const LOSS_TITLES: { readonly [Name in Loss]: string } = {
  categoricalCrossentropy: 'Cross-entropy',
  binaryCrossentropy: 'Binary cross-entropy',
  meanSquaredError: 'Mean squared error',
};

/** One sentence for a student on each loss that can be chosen for a data set, in the order of the picker. */
export function lossesFor(dataset: DatasetSpec): readonly (readonly [Loss, Choice])[] {
  const classes = classCountOf(dataset);
  const explanations = {
    categoricalCrossentropy:
      'High when the network gives the right class a low probability; the usual loss for classification.',
    ...(classes === 2 && {
      binaryCrossentropy: 'High when a single sigmoid unit gives the right one of two classes a low probability.',
    }),
    meanSquaredError: `Penalises the squared distance of the ${countWord(classes)} outputs from 0 and 1; here for comparison, because it hardly corrects confident mistakes.`,
  };
  const names = ['categoricalCrossentropy', 'binaryCrossentropy', 'meanSquaredError'] as const;
  return names.flatMap((name) => {
    const explanation = explanations[name];
    return explanation === undefined ? [] : [[name, { title: LOSS_TITLES[name], explanation }] as const];
  });
}

/** What to validate on with a data set, in the order of the picker. */
export function validationSets({ words: { sample } }: DatasetSpec): { readonly [Name in ValidateOn]: Choice } {
  return {
    split: {
      title: `${capitalised(sample.many)} set aside`,
      explanation: `A share of the training ${sample.many} is kept out of training, and the test set stays unseen until the end.`,
    },
    test: {
      title: 'The test set',
      explanation:
        'Every choice made from the curve is then a choice by the test set, so its result at the end is too good. Use this only to repeat a report.',
    },
  };
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
  batchSize: 32,
  epochs: 15,
  validateOn: 'split',
  validationSplit: 0.2,
  labelNoise: 0,
  augmentation: NO_AUGMENTATION,
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

/** The options of a recipe that can be at fault, as a form marks them. */
export type RecipeOption = NumericOption | 'optimizer' | 'schedule' | 'augmentation' | 'earlyStopping';

/** Everything wrong with a recipe for a data set, by option; an empty record means that it can be trained. */
export function recipeProblems(recipe: Recipe, dataset: DatasetSpec): Partial<Record<RecipeOption, string>> {
  const { clipNorm, ...fields } = recipeFields(dataset);
  const parts: readonly (readonly [RecipeOption, string | null | undefined])[] = [
    ['clipNorm', recipe.clipNorm === null ? null : numberProblem(clipNorm, recipe.clipNorm)],
    ['optimizer', optimizerProblem(recipe)],
    ['schedule', firstOf(numericProblems(SCHEDULES[recipe.schedule.kind].fields, recipe.schedule))],
    ['augmentation', firstOf(augmentationProblems(recipe.augmentation))],
    ['earlyStopping', earlyStoppingProblem(recipe, dataset)],
  ];
  const found = parts.flatMap(([option, problem]) => (problem ? [[option, problem] as const] : []));
  return { ...numericProblems(Object.values(fields), recipe), ...Object.fromEntries(found) };
}

function firstOf(problems: Readonly<Partial<Record<string, string>>>): string | undefined {
  return Object.values(problems)[0];
}

function optimizerProblem({ optimizer }: Recipe): string | null {
  const values = new Map<string, unknown>(Object.entries(optimizer));
  const problems = OPTIMIZERS[optimizer.kind].fields.map((field) => fieldProblem(field, values.get(field.option)));
  const decay = 'weightDecay' in optimizer ? numberProblem(COMMON_FIELDS.weightDecay, optimizer.weightDecay) : null;
  return problems.find((problem) => problem !== null) ?? decay;
}

function earlyStoppingProblem(recipe: Recipe, { words: { sample } }: DatasetSpec): string | null {
  if (recipe.earlyStopping === null) return null;
  if (recipe.validateOn === 'test') {
    return `Early stopping would choose the best epoch by the test set, which must never be used to choose. Set ${sample.many} aside for validation.`;
  }
  if (!isValidated(recipe)) {
    return `Early stopping watches the validation loss, and no ${sample.many} are set aside. Choose a validation split above 0.`;
  }
  return numberProblem(PATIENCE_FIELD, recipe.earlyStopping.patience);
}
