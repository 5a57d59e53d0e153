import { classCountOf, type DatasetSpec, type Samples } from '../dataset/spec.ts';
import type { Recipe } from '../training/recipe.ts';
import { libraryOf, READER_IMPORTS, readerLines, scaled } from './data-source.ts';
import { call, indented, verbatim } from './python.ts';

/** The parts of a program that have to do with the data, in the order in which they stand there. */
interface TorchData {
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
export function torchData(recipe: Recipe, dataset: DatasetSpec): TorchData {
  const library = libraryOf(dataset);
  const source = library === null ? OWN_FILES : torchvision(library.torchvision);
  const steps = variation(recipe, dataset.samples, source);
  const data = dataLines(recipe, dataset, source, steps);
  const torch = ['import torch', 'import torch.nn.functional as F'];
  if (library !== null) {
    const imports = [...torch, 'import torchvision', 'from torch import nn', 'from torchvision import transforms'];
    return { imports, source: [], data };
  }
  const transforms = steps.length > 0 ? ['from torchvision import transforms'] : [];
  return {
    imports: [...READER_IMPORTS, 'import numpy as np', ...torch, 'from torch import nn', ...transforms],
    source: ['', ...readerLines(dataset), '', '', ...samplesClass(dataset), ''],
    data,
  };
}

function torchvision(name: string): Source {
  const toTensor = 'transforms.ToTensor()';
  return {
    toTensor,
    open: (split, vary) =>
      call(`torchvision.datasets.${name}`, ['data'], {
        train: split === 'train',
        download: true,
        transform: verbatim(vary ?? toTensor),
      }),
  };
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
  const { trainingImages, validateOn, validationSplit, labelNoise } = recipe;
  const classes = classCountOf(dataset);
  const held = validateOn === 'split' ? Math.round(trainingImages * validationSplit) : 0;
  const others = `torch.randint(1, ${classes}, (int(wrong.sum()),))`;
  const noise = [
    '# A share of the training labels is replaced by wrong ones.',
    `wrong = torch.rand(len(data.targets)) < ${labelNoise}`,
    `data.targets[wrong] = (data.targets[wrong] + ${others}) % ${classes}`,
  ];
  // Validation samples are never varied, and keep their labels.
  const apart = steps.length > 0 || labelNoise > 0;
  return [
    ...(steps.length === 0 ? [] : ['vary = transforms.Compose([', ...indented(steps.map((step) => `${step},`)), '])']),
    `data = ${source.open('train', steps.length === 0 ? null : 'vary')}`,
    ...(labelNoise > 0 ? noise : []),
    `order = torch.randperm(len(data))[:${trainingImages}].tolist()`,
    `train = torch.utils.data.Subset(data, order${held > 0 ? `[${held}:]` : ''})`,
    `test = ${source.open('test', null)}`,
    ...(held > 0 && apart ? [`plain = ${source.open('train', null)}`] : []),
    ...(held > 0 ? [`validation = torch.utils.data.Subset(${apart ? 'plain' : 'data'}, order[:${held}])`] : []),
    `batches = torch.utils.data.DataLoader(train, batch_size=${recipe.batchSize}, shuffle=True, drop_last=True)`,
  ];
}

/** Steps of torchvision that vary an image: before it becomes a tensor, and after. Rows of a table are not varied. */
function variation({ augmentation }: Recipe, samples: Samples, { toTensor }: Source): readonly string[] {
  if (samples.kind !== 'image') return [];
  const { flip, shift, rotation, scale, erase, brightness } = augmentation;
  const share = (side: number) => Number((shift / side).toPrecision(6));
  const moves = shift > 0 || rotation > 0 || scale > 0;
  const affine = call('transforms.RandomAffine', [rotation], {
    translate: shift > 0 ? [share(samples.width), share(samples.height)] : null,
    scale: scale > 0 ? [1 - scale, 1 + scale] : null,
  });
  const varies = flip || moves || brightness > 0 || erase > 0;
  const steps: readonly (readonly [wanted: boolean, code: string])[] = [
    [flip, 'transforms.RandomHorizontalFlip()'],
    [moves, affine],
    [brightness > 0, call('transforms.ColorJitter', [], { brightness })],
    [varies && toTensor !== null, toTensor ?? ''],
    [erase > 0, call('transforms.RandomErasing', [erase], { value: 'random' })],
  ];
  return steps.filter(([wanted]) => wanted).map(([, code]) => code);
}
