import { classCountOf, type DatasetSpec, type Samples } from '../dataset/spec.ts';
import { isAlternating } from '../training/augmentation.ts';
import { erasedLengths } from '../training/augmentation-parameters.ts';
import type { Recipe } from '../training/recipe.ts';
import { libraryOf, pillowImports, readerLines, scaled } from './data-source.ts';
import { call, indented, real, rounded, verbatim } from './python.ts';
import { fetchedOnce, sharedBatches } from './pytorch-processes.ts';
import { sampleCounts } from './sample-counts.ts';

/** The parts of a program that have to do with the data, in the order in which they stand there. */
interface TorchData {
  /** Of libraries. */
  readonly imports: readonly string[];
  /** What reads the app's own files; empty where torchvision has the data. */
  readonly source: readonly string[];
  readonly data: readonly string[];
}

/** A way to get the samples. */
interface Source {
  /** The expression for a split, varied by what has this name, or as it is. */
  open(split: 'train' | 'test', vary: string | null): string;
  /** A step that makes a tensor of what the source hands out; null where it hands out tensors. */
  readonly toTensor: string | null;
}

/** How a program gets its data: from torchvision, or where that does not have them from the app's own files. */
export function torchData(recipe: Recipe, dataset: DatasetSpec, isShared: boolean): TorchData {
  const library = libraryOf(dataset);
  const source = library === null ? OWN_FILES : torchvision(library.torchvision, dataset);
  const steps = variation(recipe, dataset.samples, source);
  const samples = dataLines(recipe, dataset, source, steps);
  const batches = isShared ? sharedLines(recipe) : batchLines(recipe);
  const data = [...(isShared && library !== null ? fetchedOnce(samples) : samples), ...batches];
  const torch = ['import torch', 'import torch.nn.functional as F'];
  if (library !== null) {
    const imports = [...torch, 'import torchvision', 'from torch import nn', 'from torchvision import transforms'];
    return { imports, source: dataset.part === undefined ? [] : ['', '', ...keepLines(dataset.part)], data };
  }
  const transforms = steps.length > 0 ? ['from torchvision import transforms'] : [];
  const reader = readerLines(dataset);
  return {
    imports: ['import numpy as np', ...torch, ...pillowImports(reader), 'from torch import nn', ...transforms],
    source: ['', ...reader, '', '', ...samplesClass(dataset), ''],
    data,
  };
}

function torchvision(name: string, { part }: DatasetSpec): Source {
  const toTensor = 'transforms.ToTensor()';
  const kept = (data: string) => (part === undefined ? data : `keep(${data})`);
  return {
    toTensor,
    open: (split, vary) =>
      kept(
        call(`torchvision.datasets.${name}`, ['data'], {
          train: split === 'train',
          download: true,
          transform: verbatim(vary ?? toTensor),
        }),
      ),
  };
}

/** What leaves the samples of other classes out. */
function keepLines({ labels }: NonNullable<DatasetSpec['part']>): readonly string[] {
  return [
    'def keep(data):',
    ...indented([
      '"""Some of the classes, numbered anew."""',
      `kept = ${call('torch.tensor', [labels])}`,
      'is_kept = torch.isin(data.targets, kept)',
      'data.data, data.targets = data.data[is_kept], torch.searchsorted(kept, data.targets[is_kept])',
      'return data',
    ]),
  ];
}

/** Through the class `Samples` of the program. */
const OWN_FILES: Source = {
  toTensor: null,
  open: (split, vary) => call('Samples', [split, ...(vary === null ? [] : [verbatim(vary)])]),
};

/** What `torchvision.datasets` would have: samples, their labels as `targets`, and of images a function that varies them. */
function samplesClass(dataset: DatasetSpec): readonly string[] {
  const areImages = dataset.samples.kind === 'image';
  const channelsFirst = areImages ? '.permute(0, 3, 1, 2)' : '';
  const item = areImages
    ? ['value = self.values[index]', 'return (value if self.vary is None else self.vary(value)), self.targets[index]']
    : ['return self.values[index], self.targets[index]'];
  return [
    'class Samples(torch.utils.data.Dataset):',
    ...indented([
      `def __init__(self, split${areImages ? ', vary=None' : ''}):`,
      ...indented([
        'values, labels = load(split)',
        `self.values = torch.from_numpy(${scaled('values', dataset)})${channelsFirst}`,
        'self.targets = torch.from_numpy(labels).long()',
        ...(areImages ? ['self.vary = vary'] : []),
      ]),
      '',
      'def __len__(self):',
      ...indented(['return len(self.targets)']),
      '',
      'def __getitem__(self, index):',
      ...indented(item),
    ]),
  ];
}

function dataLines(recipe: Recipe, dataset: DatasetSpec, source: Source, steps: readonly string[]): readonly string[] {
  const { trainingImages, labelNoise } = recipe;
  const classes = classCountOf(dataset);
  const { held } = sampleCounts(recipe);
  const others = `torch.randint(1, ${classes}, (int(wrong.sum()),))`;
  const noise = [
    '# A share of the training labels is replaced by wrong ones.',
    `wrong = torch.rand(len(data.targets)) < ${real(labelNoise).code}`,
    `data.targets[wrong] = (data.targets[wrong] + ${others}) % ${classes}`,
  ];
  // Validation samples are never varied, and keep their labels.
  const apart = steps.length > 0 || labelNoise > 0;
  return [
    ...eraseLines(recipe, dataset.samples),
    ...(isAlternating(recipe.augmentation) ? ALTERNATING : []),
    ...(steps.length === 0 ? [] : ['vary = transforms.Compose([', ...indented(steps.map((step) => `${step},`)), '])']),
    `data = ${source.open('train', steps.length === 0 ? null : 'vary')}`,
    ...(labelNoise > 0 ? noise : []),
    `order = torch.randperm(len(data))[:${trainingImages}].tolist()`,
    `train = ${isAlternating(recipe.augmentation) ? 'Alternating' : 'torch.utils.data.Subset'}(data, order${held > 0 ? `[${held}:]` : ''})`,
    `test = ${source.open('test', null)}`,
    ...(held > 0 && apart ? [`plain = ${source.open('train', null)}`] : []),
    ...(held > 0 ? [`validation = torch.utils.data.Subset(${apart ? 'plain' : 'data'}, order[:${held}])`] : []),
  ];
}

function batchLines(recipe: Recipe): readonly string[] {
  const { batchSize } = recipe;
  const { isFull } = sampleCounts(recipe);
  return [
    ...(isFull ? [] : filledLines(batchSize)),
    `batches = torch.utils.data.DataLoader(train, batch_size=${batchSize}, ${isFull ? 'shuffle=True' : 'sampler=Filled()'})`,
  ];
}

function sharedLines(recipe: Recipe): readonly string[] {
  return sharedBatches(recipe.batchSize, recipe.seed, sampleCounts(recipe).isFull);
}

/** An order whose last batch is full: one of a single sample has no deviation for batch normalisation. */
function filledLines(batchSize: number): readonly string[] {
  return [
    '',
    '',
    'class Filled(torch.utils.data.Sampler):',
    ...indented([
      '"""A new order for each epoch, filled up from its beginning so that the last batch is full."""',
      '',
      'def __len__(self):',
      ...indented([`return math.ceil(len(train) / ${batchSize}) * ${batchSize}`]),
      '',
      'def __iter__(self):',
      ...indented([
        'order = torch.randperm(len(train)).tolist()',
        'return iter([order[i % len(order)] for i in range(len(self))])',
      ]),
    ]),
    '',
    '',
  ];
}

/** The app's own way to erase: torchvision erases other shapes, and fills them with numbers that are no gray values. */
function eraseLines({ augmentation: { erase } }: Recipe, samples: Samples): readonly string[] {
  if (samples.kind !== 'image' || erase === 0) return [];
  const { height, width, channels } = samples;
  const [across, down] = [erasedLengths(width), erasedLengths(height)];
  const among = ({ least, sizes }: typeof across) => `int(torch.randint(${least}, ${least + sizes}, ()))`;
  const place = (side: number, length: string) => `int(torch.randint(${side + 1} - ${length}, ()))`;
  return [
    'def erase(image):',
    ...indented([
      '"""Covers a rectangle of some of the images with noise."""',
      `if torch.rand(()) >= ${real(erase).code}:`,
      ...indented(['return image']),
      `high, wide = ${among(down)}, ${among(across)}`,
      `top, left = ${place(height, 'high')}, ${place(width, 'wide')}`,
      'image = image.clone()',
      `image[:, top : top + high, left : left + wide] = torch.rand(${channels}, high, wide)`,
      'return image',
    ]),
    '',
    '',
  ];
}

/** The training images of a program whose flip alternates: torchvision does not know which image it varies. */
const ALTERNATING: readonly string[] = [
  'class Alternating(torch.utils.data.Subset):',
  ...indented([
    '"""Half of the images are mirrored, drawn once; in every other epoch the other half."""',
    '',
    'def __init__(self, data, indices):',
    ...indented(['super().__init__(data, indices)', 'self.mirrored = torch.rand(len(indices)) < 0.5']),
    '',
    'def __getitem__(self, index):',
    ...indented([
      'image, label = super().__getitem__(index)',
      'return (image.flip(-1) if self.mirrored[index] else image), label',
    ]),
    '',
    'def __getitems__(self, indices):',
    ...indented(['return [self[index] for index in indices]']),
  ]),
  '',
  '',
];

/** Steps of torchvision that vary an image: before it becomes a tensor, and after. Rows of a table are not varied. */
function variation({ augmentation }: Recipe, samples: Samples, { toTensor }: Source): readonly string[] {
  if (samples.kind !== 'image') return [];
  const { flip, alternate, shift, rotation, scale, erase, brightness } = augmentation;
  // Rounded to whole pixels, each of which is as likely.
  const share = (side: number) => real(Number(Math.min(1, (shift + 0.5) / side).toPrecision(6)));
  const moves = shift > 0 || rotation > 0 || scale > 0;
  const affine = call('transforms.RandomAffine', [real(rotation)], {
    translate: shift > 0 ? [share(samples.width), share(samples.height)] : null,
    scale: scale > 0 ? [rounded(1 - scale), rounded(1 + scale)] : null,
    interpolation: verbatim('transforms.InterpolationMode.BILINEAR'),
  });
  const varies = (flip && !alternate) || moves || brightness > 0 || erase > 0;
  const steps: readonly (readonly [wanted: boolean, code: string])[] = [
    [flip && !alternate, 'transforms.RandomHorizontalFlip()'],
    [moves, affine],
    [brightness > 0, call('transforms.ColorJitter', [], { brightness: real(brightness) })],
    [varies && toTensor !== null, toTensor ?? ''],
    [erase > 0, 'erase'],
  ];
  return steps.filter(([wanted]) => wanted).map(([, code]) => code);
}
