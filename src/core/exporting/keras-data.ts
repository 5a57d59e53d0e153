import { classCountOf, type DatasetSpec } from '../dataset/spec.ts';
import type { Ending } from '../network/endings.ts';
import type { Recipe } from '../training/recipe.ts';
import { libraryOf, scaled } from './data-source.ts';
import { makesBatches } from './keras-batches.ts';
import type { KerasTask } from './keras-task.ts';
import { call, real } from './python.ts';
import { sampleCounts } from './sample-counts.ts';

/**
 * Whether samples are set aside by a line of their own: Keras takes them from arrays alone, would also give them wrong labels,
 * count them for the class weights, and rounds their number down.
 */
export function cutsOff(recipe: Recipe, isShared: boolean): boolean {
  const { trainingImages, validationSplit, labelNoise, classWeights } = recipe;
  const { held, trained } = sampleCounts(recipe);
  const isChanged = makesBatches(recipe, isShared) || labelNoise > 0 || classWeights !== 'none';
  return held > 0 && (isChanged || Math.floor(trainingImages * (1 - validationSplit)) !== trained);
}

/** The lines that load the data, for a network that ends like this. */
export function kerasData(
  recipe: Recipe,
  { dataset, ending, isShared }: Pick<KerasTask, 'dataset' | 'ending' | 'isShared'>,
): readonly string[] {
  const { trainingImages, labelNoise, classWeights } = recipe;
  const classes = classCountOf(dataset);
  const { trained: cut } = sampleCounts(recipe);
  const sets = cutsOff(recipe, isShared) ? ['train', 'val', 'test'] : ['train', 'test'];
  const part = (range: string) => `x_train[${range}], y_train[${range}]`;
  const noise = [
    '# A share of the training labels is replaced by wrong ones.',
    `wrong = np.random.random(len(y_train)) < ${real(labelNoise).code}`,
    `y_train[wrong] = (y_train[wrong] + np.random.randint(1, ${classes}, wrong.sum())) % ${classes}`,
  ];
  const library = libraryOf(dataset);
  const source =
    library === null ? 'load("train"), load("test")' : call(`keras.datasets.${library.keras}.load_data`, []);
  return [
    `(x_train, y_train), (x_test, y_test) = ${source}`,
    ...(library !== null && isColoured(dataset) ? ['y_train, y_test = y_train.ravel(), y_test.ravel()'] : []),
    ...keptLines(dataset),
    ...(trainingImages < dataset.splits.train ? [`x_train, y_train = ${part(`:${trainingImages}`)}`] : []),
    ...(cutsOff(recipe, isShared)
      ? [`x_val, y_val = ${part(`${cut}:`)}`, `x_train, y_train = ${part(`:${cut}`)}`]
      : []),
    ...(labelNoise > 0 ? noise : []),
    ...(classWeights === 'none' ? [] : weightLines(classes)),
    ...sets.map(
      (set) =>
        `x_${set} = ${scaled(library === null || isColoured(dataset) ? `x_${set}` : `x_${set}[..., None]`, dataset)}`,
    ),
    ...sets.map((set) => `y_${set} = ${targets(`y_${set}`, classes, ending)}`),
    ...(isShared ? sets.slice(1).map((set) => `x_${set}, y_${set} = share(x_${set}), share(y_${set})`) : []),
  ];
}

/** What leaves the samples of other classes out, where the data set is a part of a larger one. */
function keptLines({ part }: DatasetSpec): readonly string[] {
  if (part === undefined) return [];
  return [
    '# Some of the classes, numbered anew.',
    `kept = ${call('np.array', [part.labels])}`,
    ...['train', 'test'].flatMap((set) => [
      `is_kept = np.isin(y_${set}, kept)`,
      `x_${set}, y_${set} = x_${set}[is_kept], np.searchsorted(kept, y_${set}[is_kept])`,
    ]),
  ];
}

/** Weights of the classes in the loss, from the labels that are trained on. */
function weightLines(classes: number): readonly string[] {
  return [
    '# All classes count the same: a rare one has a large weight.',
    `counts = np.bincount(y_train, minlength=${classes})`,
    'weights = len(y_train) / (np.count_nonzero(counts) * np.maximum(counts, 1))',
    'class_weight = dict(enumerate(weights))',
  ];
}

/** Keras' own images have an axis for colours, and labels in columns, only where there are colours. */
function isColoured({ samples }: DatasetSpec): boolean {
  return samples.kind === 'image' && samples.channels > 1;
}

/** Labels as the loss takes them: a column of zeros and ones for a single output, else a column for each class. */
function targets(labels: string, classes: number, { units }: Ending): string {
  return units === 1 ? `${labels}[:, None].astype("float32")` : `keras.utils.to_categorical(${labels}, ${classes})`;
}
