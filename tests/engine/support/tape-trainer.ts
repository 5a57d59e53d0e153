import type { Graph } from '../../../src/core/network/graph.ts';
import type { Backend } from '../../../src/core/training/backend.ts';
import type { Recipe } from '../../../src/core/training/recipe.ts';
import { TrainingSet } from '../../../src/dataset/training-set.ts';
import { DataFeed } from '../../../src/engine/data-feed.ts';
import { openDevice } from '../../../src/engine/device.ts';
import type { Trainer } from '../../../src/engine/engine.ts';
import { createBatchSource } from '../../../src/engine/tape/ops/batch-source.ts';
import { NetworkTrainer } from '../../../src/engine/tape/trainer.ts';
import { DATA_URL, UNHEARD } from './training.ts';

/** Each data set is streamed once, however many trainers there are. */
const FEEDS = new Map<string, DataFeed>();

/** A trainer on tfjs' tape, where the engine would take a recorded step. */
export async function tapeTrainer(
  graph: Graph,
  recipe: Recipe,
  address = DATA_URL,
  backend: Backend = 'webgl',
): Promise<Trainer> {
  const feed = FEEDS.get(address) ?? new DataFeed(address, UNHEARD);
  FEEDS.set(address, feed);
  const { store, blocks } = await feed.described;
  const { trainingImages: samples, validationSplit: validationFraction, labelNoise, seed } = recipe;
  const trainingSet = new TrainingSet(store, blocks, { samples, validationFraction, labelNoise, seed });
  const sources = { train: createBatchSource(store, 'train'), test: createBatchSource(store, 'test') };
  const trainer = new NetworkTrainer(graph, recipe, { device: await openDevice(backend), store, sources, trainingSet });
  await trainer.warmUp();
  return trainer;
}
