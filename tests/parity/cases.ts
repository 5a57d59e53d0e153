import { analyse, type Graph } from '../../src/core/network/graph.ts';
import type { Network } from '../../src/core/network/network.ts';
import type { Preset } from '../../src/core/network/presets/preset.ts';
import { type Row, stack } from '../../src/core/network/presets/stack.ts';
import { NO_AUGMENTATION } from '../../src/core/training/augmentation.ts';
import { OPTIMIZERS, type OptimizerSpec } from '../../src/core/training/optimizers/registry.ts';
import { defaultRecipe, type Recipe } from '../../src/core/training/recipe.ts';
import { ciutacuCnn } from '../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { elvlandVgg } from '../../src/datasets/fashion-mnist/presets/elvland.ts';
import { malcaSitalkilDense } from '../../src/datasets/fashion-mnist/presets/malca-sitalkil.ts';
import { smallResNet, smallVisionTransformer } from '../../src/datasets/fashion-mnist/presets/own.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { OUTPUT } from '../fixtures/specs/fixture.ts';

/** Steps that every case trains for. */
export const STEPS = 100;

/**
 * Steps after which a case whose rounding errors grow is compared, too: few enough that most seeds have not come to an input of a ReLU
 * next to zero, so that a wrong kernel shows.
 */
export const EARLY_STEPS = 3;

/** The seeds of a case in which an input of a ReLU next to zero can decide: one of them alone would be a matter of chance. */
const SEVERAL = [1, 2, 3, 4, 5];

/** Images, the first ones, whose answers are compared after the last step where another network answers than trains. */
export const ASKED = 256;

/** Images of a step. */
const BATCH = 16;

/** A network and a recipe that everybody trains with, from the same weights on the same batches. No layer of it draws at random. */
export interface ParityCase {
  readonly title: string;
  readonly network: Network;
  readonly recipe: Partial<Recipe>;
  /** What it is trained from; of several the median distance is judged. */
  readonly seeds: readonly number[];
  /**
   * How far from float64 its losses may be: `fixed`, a number for all; or twice as far as those of PyTorch in float32, where
   * rounding errors grow.
   */
  readonly limit: 'fixed' | 'besideTorch';
  /** Whether the plain backend of tfjs trains it in seconds. */
  readonly isSmall: boolean;
}

/** A sequence of layers with a dense one of ten probabilities behind it. */
function ending(...rows: readonly Row[]): Network {
  return stack(...rows, OUTPUT);
}

const DENSE = ending(['flatten'], ['dense', { units: 64 }]);

const RECURRENT = { units: 24 };

/** A small network, and a recipe that differs in little. */
function small(title: string, network: Network, recipe: Partial<Recipe> = {}): ParityCase {
  return { title, network, recipe, seeds: [defaultRecipe(FASHION_MNIST).seed], limit: 'fixed', isSmall: true };
}

/** A dense network with another optimizer. */
function optimizedBy(title: string, optimizer: OptimizerSpec, learningRate: number): ParityCase {
  return small(`Dense 784-64-10, ${title}`, DENSE, { optimizer, learningRate });
}

/** A preset as it is, but for what is drawn at random, the size of the batches and how long it trains. */
function whole(title: string, { network, recipe }: Preset): ParityCase {
  return {
    title,
    network,
    recipe: { ...recipe, augmentation: NO_AUGMENTATION },
    seeds: SEVERAL,
    limit: 'besideTorch',
    isSmall: false,
  };
}

/** Every case by its id, in the order of the table. */
export const CASES: Readonly<Record<string, ParityCase>> = {
  dense: { ...small('Dense 784-512-10, Adam', malcaSitalkilDense.network), seeds: SEVERAL },
  sgd: optimizedBy('SGD', OPTIMIZERS.sgd.defaults, 0.1),
  momentum: optimizedBy('momentum', OPTIMIZERS.momentum.defaults, 0.02),
  nesterov: optimizedBy('Nesterov', { ...OPTIMIZERS.momentum.defaults, nesterov: true }, 0.02),
  rmsprop: optimizedBy('RMSprop', OPTIMIZERS.rmsprop.defaults, 0.001),
  adagrad: optimizedBy('Adagrad', OPTIMIZERS.adagrad.defaults, 0.01),
  adamw: optimizedBy('AdamW', OPTIMIZERS.adamw.defaults, 0.002),
  loss: {
    ...small('Dense 784-64-10, squared error, class weights, clipping', DENSE, {
      loss: 'meanSquaredError',
      labelSmoothing: 0.1,
      classWeights: 'balanced',
      clipNorm: 0.1,
    }),
    seeds: SEVERAL,
  },
  lstm: small('LSTM, both ways', ending(['lstm', { ...RECURRENT, bidirectional: true }])),
  gru: small('GRU', ending(['gru', RECURRENT])),
  rnn: small('Simple recurrent', ending(['simpleRnn', RECURRENT])),
  'layer-norm': small(
    'Layer normalisation',
    ending(
      ['flatten'],
      ['dense', { units: 64, activation: 'tanh' }],
      ['layerNormalization'],
      ['dense', { units: 32, activation: 'tanh' }],
      ['layerNormalization'],
    ),
  ),
  'batch-norm': small(
    'Batch normalisation',
    ending(
      ['conv2d', { filters: 8, strides: 2, activation: 'linear' }],
      ['batchNormalization'],
      ['activation', { activation: 'tanh' }],
      ['flatten'],
      ['dense', { units: 32, activation: 'tanh' }],
      ['batchNormalization'],
    ),
  ),
  muon: small(
    'Muon',
    ending(
      ['conv2d', { filters: 8, strides: 3, activation: 'tanh' }],
      ['flatten'],
      ['dense', { units: 32, activation: 'tanh' }],
    ),
    { optimizer: OPTIMIZERS.muon.defaults, learningRate: 0.005 },
  ),
  average: small('Dense 784-64-10, averaged weights', DENSE, { weightAveraging: 0.95 }),
  separable: small(
    'Depthwise and separable convolution',
    ending(
      ['averagePooling2d'],
      ['depthwiseConv2d', { depthMultiplier: 4, activation: 'tanh' }],
      ['separableConv2d', { filters: 8, activation: 'tanh' }],
      ['globalAveragePooling2d'],
    ),
  ),
  transformer: whole('Small vision transformer, AdamW, one cycle', smallVisionTransformer),
  ciutacu: whole("Ciutacu's CNN, Adam", ciutacuCnn),
  elvland: whole("Elvland's VGG, Adam", elvlandVgg),
  residual: whole('Small residual network, AdamW, one cycle', smallResNet),
};

/** A case by its id; a RangeError names one that does not exist. */
export function caseOf(id: string): ParityCase {
  const found = CASES[id];
  if (found === undefined) throw new RangeError(`There is no case ${id}.`);
  return found;
}

/** After how many steps a case is compared, each time from its first step on. */
export function spansOf({ limit }: ParityCase): readonly number[] {
  return limit === 'besideTorch' ? [EARLY_STEPS, STEPS] : [STEPS];
}

/** What is trained, and how: one epoch in which every image is seen once. */
export function setupOf(id: string, seed: number): { readonly graph: Graph; readonly recipe: Recipe } {
  const { network, recipe } = caseOf(id);
  const { graph, issues } = analyse(network, FASHION_MNIST);
  if (graph === null) throw new Error(`${id}: ${issues.map(({ message }) => message).join(' ')}`);
  const trained = {
    ...defaultRecipe(FASHION_MNIST),
    ...recipe,
    seed,
    batchSize: BATCH,
    epochs: 1,
    trainingImages: STEPS * BATCH,
    validateOn: 'test',
    validationSplit: 0,
  } as const;
  return { graph, recipe: trained };
}
