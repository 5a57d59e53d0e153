import { OPTIMIZERS, type OptimizerSpec } from './optimizers.ts';
import { type NumericRange, numberProblem } from './options.ts';

/** How a network is trained. Together with the network, the backend and the device it determines the whole curve. */
export interface Recipe {
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  /** Images a step. */
  readonly batchSize: number;
  readonly epochs: number;
  /** Images taken from the training set before the validation images are set aside. */
  readonly trainingImages: number;
  /** The share of them that is set aside for validation, 0 ... 0.5. */
  readonly validationSplit: number;
  /** Drives initial weights, shuffle, split, dropout and augmentation. */
  readonly seed: number;
}

/** A numeric field of the recipe, described once for the form and for validation. */
export interface RecipeField extends NumericRange {
  readonly option: 'learningRate' | 'batchSize' | 'epochs' | 'trainingImages' | 'validationSplit' | 'seed';
  readonly steps: readonly number[];
  /** One sentence for a student: what it does, and its usual range. */
  readonly explanation: string;
}

/** The recipe's numeric fields by option. */
export const RECIPE_FIELDS: { readonly [Option in RecipeField['option']]: RecipeField } = {
  learningRate: {
    option: 'learningRate',
    label: 'Learning rate',
    type: 'number',
    min: 1e-5,
    max: 1,
    steps: [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1],
    explanation: 'How far each step goes: too small learns slowly, too large blows up; usual: 0.0001 to 0.01 for Adam.',
  },
  batchSize: {
    option: 'batchSize',
    label: 'Batch size',
    type: 'integer',
    min: 1,
    max: 1024,
    steps: [8, 16, 32, 64, 128, 256, 512],
    explanation:
      'How many images each step looks at: more are faster an image, fewer give noisier, more frequent steps; usual: 32 to 256.',
  },
  epochs: {
    option: 'epochs',
    label: 'Epochs',
    type: 'integer',
    min: 1,
    max: 1000,
    steps: [1, 2, 5, 10, 15, 20, 30, 50, 100],
    explanation:
      'How many times the network sees every training image; too many and it learns them by heart; usual: 5 to 50.',
  },
  trainingImages: {
    option: 'trainingImages',
    label: 'Training images',
    type: 'integer',
    min: 100,
    max: 60_000,
    steps: [100, 300, 1000, 3000, 10_000, 30_000, 60_000],
    explanation: 'How many of the 60,000 images to use, validation included; fewer train faster and overfit sooner.',
  },
  validationSplit: {
    option: 'validationSplit',
    label: 'Validation split',
    type: 'number',
    min: 0,
    max: 0.5,
    steps: [0, 0.1, 0.2, 0.3, 0.5],
    explanation:
      'The share of the images that is never trained on, to see how the network does on garments new to it; usual: 0.1 to 0.2.',
  },
  seed: {
    option: 'seed',
    label: 'Seed',
    type: 'integer',
    min: 0,
    max: 4_294_967_295,
    steps: [],
    explanation: 'Where all chance comes from: the same seed gives the same run again.',
  },
};

/** Everything wrong with a recipe, by option; an empty record means that it can be trained. */
export function recipeProblems(recipe: Recipe): Partial<Record<RecipeField['option'], string>> {
  const found = Object.values(RECIPE_FIELDS).flatMap((field) => {
    const problem = numberProblem(field, recipe[field.option]);
    return problem === null ? [] : [[field.option, problem] as const];
  });
  return Object.fromEntries(found);
}

/** The recipe that a new network starts with. */
export const DEFAULT_RECIPE: Recipe = {
  optimizer: OPTIMIZERS.adam.defaults,
  learningRate: 0.001,
  batchSize: 32,
  epochs: 15,
  trainingImages: 60_000,
  validationSplit: 0.2,
  seed: 42,
};
