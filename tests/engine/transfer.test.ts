import { expect, test } from 'vitest';
import { folderOfPart, type PartChoice, partOf } from '../../src/core/dataset/part.ts';
import { outputFor, stack } from '../../src/core/network/presets/stack.ts';
import { defaultRecipe, type Recipe } from '../../src/core/training/recipe.ts';
import type { Setup } from '../../src/core/training/setup.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { type TrainedSetup, trainSetup } from './support/train-setup.ts';
import { startEngine, UNHEARD } from './support/training.ts';

/** T-shirt/top, Dress, Shirt, Sneaker, Bag; and the others. */
const MANY: PartChoice = { name: 'many images', labels: [0, 3, 6, 7, 8] };
const FEW: PartChoice = { name: 'few images', labels: [1, 2, 4, 5, 9] };

const engine = await startEngine('wasm');

/** Opens some classes, and gives a network and a recipe for them. */
function open(choice: PartChoice, recipe: Partial<Recipe>): Setup {
  engine.openDataset(new URL(`/${folderOfPart('data/', choice)}`, location.href).href, UNHEARD);
  const dataset = partOf(FASHION_MNIST, choice);
  const network = stack(
    ['conv2d', { filters: 16, padding: 'same' }],
    ['maxPooling2d'],
    ['conv2d', { filters: 32, padding: 'same' }],
    ['maxPooling2d'],
    ['conv2d', { filters: 32, padding: 'same' }],
    ['maxPooling2d'],
    ['flatten'],
    ['dense', { units: 64 }],
    ['dense', { units: 64 }],
    outputFor(dataset),
  );
  return { dataset, network, recipe: { ...defaultRecipe(dataset), seed: 1, ...recipe } };
}

const accuracyOf = ({ epochs }: TrainedSetup) => epochs.at(-1)?.validation.accuracy ?? Number.NaN;

const SEEDS = [1, 2, 3];

test('with 100 images a class, a network that knows five others is better than a new one, over three seeds', async () => {
  const many = open(MANY, { trainingImages: 6000, validationSplit: 0.1, epochs: 4 });
  const { trained } = await trainSetup(engine, many);
  let gain = 0;
  for (const seed of SEEDS) {
    const few = open(FEW, { trainingImages: 1000, validationSplit: 0.5, batchSize: 25, epochs: 6, seed });
    const tuned = accuracyOf(await trainSetup(engine, few, { from: trained }));
    const scratch = accuracyOf(await trainSetup(engine, few));
    gain += (tuned - scratch) / SEEDS.length;
  }
  expect(gain).toBeGreaterThan(0.01);
});
