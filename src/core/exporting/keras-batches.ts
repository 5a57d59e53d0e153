import type { DatasetSpec, Samples } from '../dataset/spec.ts';
import { isAlternating, isAugmented } from '../training/augmentation.ts';
import { erasedLengths } from '../training/augmentation-parameters.ts';
import type { Recipe } from '../training/recipe.ts';
import { indented, real, rounded } from './python.ts';
import { sampleCounts } from './sample-counts.ts';

/**
 * Whether a program makes batches of its own: Keras varies no images, leaves a last batch that is not full smaller, and shares
 * no arrays between processes.
 */
export function makesBatches(recipe: Recipe, isShared: boolean): boolean {
  return isShared || isAugmented(recipe.augmentation) || !sampleCounts(recipe).isFull;
}

/** The functions and classes that make batches; none where Keras cuts them from the arrays. */
export function batchLines(recipe: Recipe, { samples, words }: DatasetSpec, isShared: boolean): readonly string[] {
  if (!makesBatches(recipe, isShared)) return [];
  const alternates = isAlternating(recipe.augmentation);
  const varied = samples.kind === 'image' && isAugmented(recipe.augmentation);
  const size = recipe.batchSize;
  const { seed } = recipe;
  const variedSome = alternates ? 'vary(x_train[some], self.mirrored[some])' : 'vary(x_train[some])';
  const places = isShared
    ? `${size} * step + rank, ${size} * (step + 1), world`
    : `${size} * step, ${size} * (step + 1)`;
  return [
    ...(varied ? [...variation(recipe, samples), '', ''] : []),
    ...(varied && isShared
      ? [`np.random.seed(${seed} + rank)  # variations differ from process to process`, '', '']
      : []),
    'class Batches(keras.utils.PyDataset):',
    ...indented([
      `"""The ${words.sample.many} in a new order each epoch; the last batch is filled up from its beginning."""`,
      '',
      ...(alternates
        ? [
            '# Half of the images are mirrored, drawn once; in every other epoch the other half.',
            `mirrored = np.random.default_rng(${seed}).random(len(x_train)) >= 0.5`,
            ...(isShared ? [] : ['']),
          ]
        : []),
      ...(isShared ? ['epoch = 0', ''] : []),
      'def __init__(self):',
      ...indented(['super().__init__()', 'self.on_epoch_end()']),
      '',
      'def __len__(self):',
      ...indented([`return math.ceil(len(x_train) / ${size})`]),
      '',
      'def __getitem__(self, step):',
      ...indented([
        `some = self.order[np.arange(${places}) % len(x_train)]`,
        `return ${varied ? variedSome : 'x_train[some]'}, y_train[some]`,
      ]),
      '',
      'def on_epoch_end(self):',
      ...indented([
        ...(isShared
          ? [`self.order = np.random.default_rng([${seed}, self.epoch]).permutation(len(x_train))`, 'self.epoch += 1']
          : ['self.order = np.random.permutation(len(x_train))']),
        ...(alternates ? ['self.mirrored = ~self.mirrored'] : []),
      ]),
    ]),
    '',
    '',
  ];
}

/** The function that varies a batch of images as the app does. */
function variation({ augmentation }: Recipe, samples: Extract<Samples, { kind: 'image' }>): readonly string[] {
  const alternate = isAlternating(augmentation);
  const { flip, shift, rotation, scale, erase, brightness } = augmentation;
  const moves = shift > 0 || rotation > 0 || scale > 0;
  const share = 'np.random.random(count)';
  return [
    alternate ? 'def vary(images, mirrored):' : 'def vary(images):',
    ...indented([
      '"""A copy of images [count, height, width, channels], each varied by chance."""',
      'count, height, width, channels = images.shape',
      'images = images.copy()',
      ...(flip && !alternate ? [`mirrored = ${share} < 0.5`] : []),
      ...(flip ? ['images[mirrored] = images[mirrored, :, ::-1]'] : []),
      ...(moves ? moveLines(augmentation) : []),
      ...(brightness > 0
        ? [
            `factors = np.random.uniform(${rounded(1 - brightness).code}, ${rounded(1 + brightness).code}, (count, 1, 1, 1))`,
            `images = np.clip(images * factors, 0, 1)`,
          ]
        : []),
      ...(erase > 0 ? eraseLines(erase, samples) : []),
      'return images.astype("float32")',
    ]),
  ];
}

/** Scaled, turned and moved by whole pixels about the middle, at once: each pixel is looked up where it came from. */
function moveLines({ shift, rotation, scale }: Recipe['augmentation']): readonly string[] {
  const [least, most] = [rounded(1 - scale).code, rounded(1 + scale).code];
  const turn = real(rotation).code;
  return [
    `scale = ${scale === 0 ? 'np.ones(count)' : `np.random.uniform(${least}, ${most}, count)`}`,
    `angle = ${rotation === 0 ? 'np.zeros(count)' : `np.radians(np.random.uniform(-${turn}, ${turn}, count))`}`,
    `right, down = ${shift === 0 ? '0, 0' : `np.random.randint(-${shift}, ${shift + 1}, (2, count))`}`,
    'sine, cosine, none = np.sin(angle) / scale, np.cos(angle) / scale, np.zeros(count)',
    'middle, centre = (width - 1) / 2, (height - 1) / 2',
    'x = middle - cosine * (middle + right) - sine * (centre + down)',
    'y = centre + sine * (middle + right) - cosine * (centre + down)',
    'places = np.stack([cosine, sine, x, -sine, cosine, y, none, none], axis=1).astype("float32")',
    'images = keras.ops.image.affine_transform(images, places, fill_mode="constant", data_format="channels_last")',
    'images = keras.ops.convert_to_numpy(images)',
  ];
}

function eraseLines(erase: number, { height, width }: Extract<Samples, { kind: 'image' }>): readonly string[] {
  const [across, down] = [erasedLengths(width), erasedLengths(height)];
  return [
    `for i in np.flatnonzero(np.random.random(count) < ${real(erase).code}):`,
    ...indented([
      `high = np.random.randint(${down.least}, ${down.least + down.sizes})`,
      `wide = np.random.randint(${across.least}, ${across.least + across.sizes})`,
      'top, left = np.random.randint(height - high + 1), np.random.randint(width - wide + 1)',
      'images[i, top : top + high, left : left + wide] = np.random.random((high, wide, channels))',
    ]),
  ];
}
