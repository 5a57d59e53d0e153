import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { analyse } from '../../../src/core/network/graph.ts';
import type { Network } from '../../../src/core/network/network.ts';
import { sizeOf } from '../../../src/core/network/shape.ts';
import { packWeights } from '../../../src/core/network/weights-file.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { smallVisionTransformer } from '../../../src/datasets/fashion-mnist/presets/own.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { ServedWorker } from './served-worker.ts';

const MANIFEST_URL = 'https://lab.example/pretrained/ciutacu.json';
const pixels = new Uint8Array(784).fill(9);

/** A file of weights for a network: one number in the first of them, another in all others. */
function weightsOf(network: Network): Uint8Array<ArrayBuffer> {
  const { graph } = analyse(network, FASHION_MNIST);
  if (graph === null) throw new Error('The network is faulty.');
  const sizes = graph.nodes.flatMap(({ weights }) => weights.map(({ shape }) => sizeOf(shape)));
  return packWeights(
    graph,
    sizes.map((size, i) => new Float32Array(size).fill(i === 0 ? 0.5 : 0.25)),
  );
}

const weightsFile = weightsOf(ciutacuCnn.network);

const manifest = {
  format: 2,
  dataset: 'fashion-mnist',
  network: ciutacuCnn.network,
  file: 'ciutacu.bin',
  bytes: weightsFile.length,
  sha256: createHash('sha256').update(weightsFile).digest('hex'),
  steps: 3000,
  testAccuracy: 0.91,
};

let worker: ServedWorker;

beforeEach(() => {
  worker = new ServedWorker();
  worker.files.set(MANIFEST_URL, new TextEncoder().encode(JSON.stringify(manifest)));
  worker.files.set('https://lab.example/pretrained/ciutacu.bin', weightsFile);
  worker.open(MANIFEST_URL);
});

afterEach(() => worker.close());

const inspect = (layerId: string | null) => worker.answerTo('inspect', worker.ask('inspect', { pixels, layerId }));

const { network, recipe } = ciutacuCnn;
const idOf = (kind: string) => network.layers.find((layer) => layer.kind === kind)?.id ?? '';

test('before the first run the network that ships with the app is looked into', async () => {
  const inspection = await inspect(null);
  expect(inspection?.by).toEqual({ run: 'shipped', step: 3000, testAccuracy: 0.91 });
  expect(inspection?.first).toMatchObject({ name: 'Conv2D 1', unit: 'filter' });
  expect(inspection?.first.tiles?.values).toEqual(new Float32Array(32 * 9).fill(0.5));
  expect(inspection?.layers.map(({ name }) => name)).toEqual(['Conv2D 1', 'MaxPooling2D 1', 'Dense 1', 'Dense 2']);
  expect(inspection?.layer.name).toBe('Conv2D 1');
  expect(inspection?.maps).toHaveLength(2);
  expect(inspection?.attention).toEqual([]);
});

test('the values are those of the layer that was asked for', async () => {
  // The fake network answers with the position of the layer.
  const { layer, seen } = (await inspect(idOf('maxPooling2d'))) ?? {};
  expect([layer?.name, seen?.count, seen?.height, seen?.values[0]]).toEqual(['MaxPooling2D 1', 32, 13, 1]);
});

test('those of the last layer are the probabilities, and the maps are of the two likeliest classes', async () => {
  const { layers } = (await inspect(null)) ?? {};
  const { layer, seen, maps } = (await inspect(layers?.at(-1)?.id ?? '')) ?? {};
  expect(layer?.name).toBe('Dense 2');
  expect(seen).toEqual({ count: 10, height: 1, width: 1, values: new Float32Array(10).fill(0.25) });
  // The fake network says the same of every image: nothing falls.
  expect(maps?.map(({ label, probability }) => [label, probability])).toEqual([
    [0, 0.25],
    [1, 0.25],
  ]);
  expect(maps?.[0]?.falls).toEqual(new Float32Array(784));
});

test('a run is looked into from its first step on, and takes none meanwhile', async () => {
  worker.send({ type: 'train', run: 4, dataset: FASHION_MNIST, network, recipe, advance: 'run' });
  await worker.until(() => (worker.engine.trainers[0]?.step ?? 0) > 3);
  const inspection = await inspect(idOf('dense'));
  worker.send({ type: 'reset', run: 4 });
  expect(inspection?.by.run).toBe(4);
  const { log = [] } = worker.engine.trainers[0] ?? {};
  const asked = log.indexOf('activations 3');
  // No step lies between the answers and the values.
  expect(log[asked - 1]).toBe('predict 197');
  expect(log.slice(0, asked).filter((entry) => entry.startsWith('step'))).toHaveLength(inspection?.by.step ?? -1);
  expect(await inspect(null)).toMatchObject({ by: { run: 'shipped' } });
});

test('attention over patches comes with its weights, layer by layer', async () => {
  const { network: transformer } = smallVisionTransformer;
  const file = weightsOf(transformer);
  const sha256 = createHash('sha256').update(file).digest('hex');
  const shipped = { ...manifest, network: transformer, bytes: file.length, sha256 };
  worker.files.set(MANIFEST_URL, new TextEncoder().encode(JSON.stringify(shipped)));
  worker.files.set('https://lab.example/pretrained/ciutacu.bin', file);
  const { attention = [], seen, layer } = (await inspect(null)) ?? {};
  expect([layer?.name, seen?.count, seen?.height, seen?.width]).toEqual(['Dense 1', 64, 4, 4]);
  expect(attention.map(({ name, heads, rows, columns }) => [name, heads, rows, columns])).toEqual([
    ['MultiHeadAttention 1', 4, 4, 4],
    ['MultiHeadAttention 2', 4, 4, 4],
  ]);
  // The fake network gives the same for each patch, so that each looks at all alike.
  expect(attention[1]?.weights).toEqual(new Float32Array(4 * 16 * 16).fill(1 / 16));
});

test('where there is no network there is nothing to look into', async () => {
  worker.files.clear();
  expect(await inspect(null)).toBeNull();
  expect(worker.all('failed')).toEqual([]);
});
