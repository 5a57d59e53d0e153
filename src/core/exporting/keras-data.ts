import { classCountOf, type DatasetSpec, type Samples } from '../dataset/spec.ts';
import type { Ending } from '../network/endings.ts';
import { isAugmented } from '../training/augmentation.ts';
import type { Recipe } from '../training/recipe.ts';
import { libraryOf, scaled } from './data-source.ts';
import { call, type Keywords } from './python.ts';

/**
 * Whether samples are set aside by a line of their own: Keras would also vary them, give them wrong labels, or count them for
 * the class weights.
 */
export function cutsOff({ validateOn, validationSplit, augmentation, labelNoise, classWeights }: Recipe): boolean {
  const isChanged = isAugmented(augmentation) || labelNoise > 0 || classWeights !== 'none';
  return validateOn === 'split' && validationSplit > 0 && isChanged;
}

/** The lines that load the data, for a network that ends like this. */
export function kerasData(recipe: Recipe, dataset: DatasetSpec, ending: Ending): readonly string[] {
  const { trainingImages, validationSplit, labelNoise, classWeights } = recipe;
  const classes = classCountOf(dataset);
  const cut = Math.round(trainingImages * (1 - validationSplit));
  const sets = cutsOff(recipe) ? ['train', 'val', 'test'] : ['train', 'test'];
  const part = (range: string) => `x_train[${range}], y_train[${range}]`;
  const noise = [
    '# A share of the training labels is replaced by wrong ones.',
    `wrong = np.random.random(len(y_train)) < ${labelNoise}`,
    `y_train[wrong] = (y_train[wrong] + np.random.randint(1, ${classes}, wrong.sum())) % ${classes}`,
  ];
  const library = libraryOf(dataset);
  const source =
    library === null ? 'load("train"), load("test")' : call(`keras.datasets.${library.keras}.load_data`, []);
  return [
    `(x_train, y_train), (x_test, y_test) = ${source}`,
    ...(library !== null && isColoured(dataset) ? ['y_train, y_test = y_train.ravel(), y_test.ravel()'] : []),
    ...(trainingImages < dataset.splits.train ? [`x_train, y_train = ${part(`:${trainingImages}`)}`] : []),
    ...(cutsOff(recipe) ? [`x_val, y_val = ${part(`${cut}:`)}`, `x_train, y_train = ${part(`:${cut}`)}`] : []),
    ...(labelNoise > 0 ? noise : []),
    ...(classWeights === 'none' ? [] : weightLines(classes)),
    ...sets.map(
      (set) =>
        `x_${set} = ${scaled(library === null || isColoured(dataset) ? `x_${set}` : `x_${set}[..., None]`, dataset)}`,
    ),
    ...sets.map((set) => `y_${set} = ${targets(`y_${set}`, classes, ending)}`),
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

/**
 * The layers of Keras that vary images, none for rows of a table; its rotation is a share of a full turn, its shift a share of
 * each side.
 */
export function variation({ augmentation }: Recipe, samples: Samples): readonly string[] {
  if (samples.kind !== 'image') return [];
  const { flip, shift, rotation, scale, erase, brightness } = augmentation;
  const black: Keywords = { fill_mode: 'constant' };
  const share = (value: number) => Number(value.toPrecision(6));
  const sides = [share(shift / samples.height), share(shift / samples.width)];
  const layers: readonly (readonly [wanted: boolean, code: string])[] = [
    [flip, call('layers.RandomFlip', ['horizontal'])],
    [shift > 0, call('layers.RandomTranslation', sides, black)],
    [rotation > 0, call('layers.RandomRotation', [share(rotation / 360)], black)],
    [scale > 0, call('layers.RandomZoom', [scale], black)],
    [brightness > 0, call('layers.RandomBrightness', [brightness], { value_range: [0, 1] })],
    [erase > 0, call('layers.RandomErasing', [erase], { value_range: [0, 1] })],
  ];
  return layers.filter(([wanted]) => wanted).map(([, code]) => code);
}
