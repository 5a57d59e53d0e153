import { expect, test, vi } from 'vitest';
import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import type { Graph } from '../../../src/core/network/graph.ts';
import { analyse } from '../../../src/core/network/graph.ts';
import type { Preset } from '../../../src/core/network/presets/preset.ts';
import type { Recipe } from '../../../src/core/training/recipe.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { malcaSitalkilDense } from '../../../src/datasets/fashion-mnist/presets/malca-sitalkil.ts';
import { smallResNet } from '../../../src/datasets/fashion-mnist/presets/own.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { openDevice } from '../../../src/engine/device.ts';
import { drawnStep } from '../../../src/engine/webgl/drawn-step.ts';
import { EVERY_KIND, graphFor, graphOf, type Row, SMALL_DENSE } from '../support/networks.ts';
import { CALM, continueCurve, RECIPE, startEngine } from '../support/training.ts';

function presetGraph({ network, dataset }: Preset): Graph {
  const { graph } = analyse(network, dataset);
  if (graph === null) throw new Error('The preset is not valid.');
  return graph;
}

/** Calls of a WebGL2 method while `body` runs. */
async function countCalls(body: () => Promise<void>): Promise<Record<'draws' | 'uploads' | 'reads', number>> {
  const spies = (...names: (keyof WebGL2RenderingContext)[]) =>
    names.map((name) => vi.spyOn(WebGL2RenderingContext.prototype, name as 'readPixels'));
  const groups = {
    draws: spies('drawArrays', 'drawElements'),
    uploads: spies('texSubImage3D', 'texImage2D', 'texSubImage2D', 'texStorage2D', 'texStorage3D'),
    reads: spies('readPixels'),
  };
  await body();
  const sum = (group: { mock: { calls: unknown[] } }[]) => group.reduce((n, spy) => n + spy.mock.calls.length, 0);
  const counts = { draws: sum(groups.draws), uploads: sum(groups.uploads), reads: sum(groups.reads) };
  vi.restoreAllMocks();
  return counts;
}

/** Why the kernels cannot do a training; null if they can. */
function reasonOf(graph: Graph, recipe: Recipe, limits: Parameters<typeof drawnStep>[2]): string | null {
  const drawn = drawnStep(graph, recipe, limits);
  return typeof drawn === 'string' ? drawn : null;
}

test.each([
  { preset: malcaSitalkilDense, most: 30 },
  { preset: ciutacuCnn, most: 45 },
  { preset: smallResNet, most: 130 },
])(
  'a steady step of $preset.title takes at most $most draws, uploads nothing and reads nothing',
  async ({ preset, most }) => {
    const engine = await startEngine('webgl');
    const trainer = await engine.createTrainer(presetGraph(preset), { ...RECIPE, batchSize: 32 });
    await continueCurve(trainer, 1);
    await trainer.evaluate('validation', { signal: CALM, onProgress: () => {} });
    const counts = await countCalls(async () => {
      for (let step = 0; step < 5; step++) await trainer.trainStep(CALM);
    });
    expect(counts.draws / 5).toBeLessThanOrEqual(most);
    expect([counts.uploads, counts.reads]).toEqual([0, 0]);
    trainer.dispose();
  },
);

test('the kernels take every kind of layer, and leave to the tape what they cannot do', async () => {
  const { gpu } = await openDevice('webgl');
  if (gpu === null) throw new Error('The kernels do not work here.');
  expect(reasonOf(graphOf(...EVERY_KIND), RECIPE, gpu)).toBeNull();
  expect(reasonOf(presetGraph(smallResNet), smallResNet.recipe, gpu)).toBeNull();
  const read = Array.from({ length: 16 }, (): Row => ['add', { from: 'conv2d-0' }]);
  expect(reasonOf(graphOf(['conv2d', { filters: 1 }], ...read, ...SMALL_DENSE), RECIPE, gpu)).toBeNull();
  const between = graphOf(
    ['flatten'],
    ['dense', { activation: 'softmax' }],
    ['dense', { units: 10, activation: 'softmax' }],
  );
  expect(reasonOf(between, RECIPE, gpu)).toBeNull();
  expect(reasonOf(graphOf(...SMALL_DENSE), { ...RECIPE, clipNorm: 1 }, gpu)).toBeNull();
});

test('what no texture has room for goes to the tape, and nothing else', async () => {
  const { gpu } = await openDevice('webgl');
  if (gpu === null) throw new Error('The kernels do not work here.');
  const image = { kind: 'image', height: 28, width: 28, channels: 1, storage: 'uint8', scale: 255 } as const;
  const reasonFor = (samples: DatasetSpec['samples'], output: Row, change: Partial<DatasetSpec> = {}) => {
    const dataset: DatasetSpec = { ...FASHION_MNIST, samples, classes: ['no', 'yes'], ...change };
    const graph = graphFor(dataset, ['averagePooling2d', { poolSize: 1 }], ['flatten'], output);
    return reasonOf(graph, { ...RECIPE, batchSize: 20 }, { ...gpu, maxSize: 8192 });
  };
  const softmax: Row = ['dense', { units: 2, activation: 'softmax' }];
  expect(reasonFor(image, softmax)).toBeNull();
  expect(reasonFor({ ...image, storage: 'float32' }, softmax)).toBeNull();
  expect(reasonFor(image, ['dense', { units: 1, activation: 'sigmoid' }])).toBeNull();
  expect(reasonFor({ ...image, height: 500 }, softmax)).toBeNull();
  expect(
    reasonFor({ ...image, width: 40_000, height: 1 }, softmax, { splits: { train: 2000, test: 2000 } }),
  ).toBeNull();
  expect(reasonFor({ ...image, width: 9000, height: 40 }, softmax)).toBe('a value larger than a texture');
  expect(reasonFor(image, softmax, { splits: { train: 2000, test: 400_000 } })).toBe(
    'more samples than a texture holds',
  );
});
