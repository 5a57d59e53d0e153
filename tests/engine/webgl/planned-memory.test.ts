import { expect, test } from 'vitest';
import { analyse, type Graph } from '../../../src/core/network/graph.ts';
import type { Preset } from '../../../src/core/network/presets/preset.ts';
import { OPTIMIZERS } from '../../../src/core/training/optimizers/registry.ts';
import { plannedBytes } from '../../../src/core/training/planned-memory.ts';
import type { Recipe } from '../../../src/core/training/recipe.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { malcaSitalkilDense } from '../../../src/datasets/fashion-mnist/presets/malca-sitalkil.ts';
import { smallResNet, smallVisionTransformer } from '../../../src/datasets/fashion-mnist/presets/own.ts';
import { RecordedTrainer } from '../../../src/engine/recorded-trainer.ts';
import { EVERY_KIND, graphOf } from '../support/networks.ts';
import { CALM, RECIPE, startEngine } from '../support/training.ts';

const engine = await startEngine('webgl');

const WEIGHED: Partial<Recipe> = { classWeights: 'balanced', weightAveraging: 0.9, clipNorm: 1 };

function presetGraph({ network, dataset }: Preset): Graph {
  const { graph } = analyse(network, dataset);
  if (graph === null) throw new Error('The preset is not valid.');
  return graph;
}

test.each([
  { title: malcaSitalkilDense.title, graph: presetGraph(malcaSitalkilDense), change: {} },
  { title: ciutacuCnn.title, graph: presetGraph(ciutacuCnn), change: { augmentation: ciutacuCnn.recipe.augmentation } },
  { title: smallResNet.title, graph: presetGraph(smallResNet), change: { optimizer: OPTIMIZERS.sgd.defaults } },
  { title: smallVisionTransformer.title, graph: presetGraph(smallVisionTransformer), change: { batchSize: 24 } },
  { title: 'every kind of layer, with class weights and averages', graph: graphOf(...EVERY_KIND), change: WEIGHED },
  {
    title: 'every kind of layer, moved by Muon and averaged',
    graph: graphOf(...EVERY_KIND),
    change: { optimizer: OPTIMIZERS.muon.defaults, weightAveraging: 0.9 },
  },
])('$title takes the memory that was planned on WebGL, before a step and after', async ({ graph, change }) => {
  const recipe = { ...RECIPE, batchSize: 16, trainingImages: 1500, ...change };
  const planned = await engine.plannedMemory(graph, recipe);
  const before = engine.memory().bytes;
  const trainer = await engine.createTrainer(graph, recipe);
  expect(trainer).toBeInstanceOf(RecordedTrainer);
  expect(planned && plannedBytes(planned)).toBe(engine.memory().bytes - before);
  await trainer.trainStep(CALM);
  expect(planned && plannedBytes(planned)).toBe(engine.memory().bytes - before);
  trainer.dispose();
});
