import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { analyse } from '../../../src/core/network/graph.ts';
import { networkText } from '../../../src/core/network/network-text.ts';
import { sizeOf } from '../../../src/core/network/shape.ts';
import { packWeights } from '../../../src/core/network/weights-file.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { malcaSitalkilDense } from '../../../src/datasets/fashion-mnist/presets/malca-sitalkil.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { TestDesk } from './served-worker.ts';

const MANIFEST_URL = 'https://lab.example/pretrained/ciutacu.json';
const WEIGHTS_URL = 'https://lab.example/pretrained/ciutacu.bin';
const pixels = new Uint8Array(784);

const weightsFile = (() => {
  const { graph } = analyse(ciutacuCnn.network, FASHION_MNIST);
  if (graph === null) throw new Error('The network is faulty.');
  const sizes = graph.nodes.flatMap(({ weights }) => weights.map(({ shape }) => sizeOf(shape)));
  return packWeights(
    graph,
    sizes.map((size) => new Float32Array(size).fill(0.25)),
  );
})();

const manifest = {
  format: 2,
  dataset: 'fashion-mnist',
  network: JSON.parse(networkText(ciutacuCnn.network)),
  file: 'ciutacu.bin',
  bytes: weightsFile.length,
  sha256: createHash('sha256').update(weightsFile).digest('hex'),
  steps: 3000,
  testAccuracy: 0.91,
};

let desk: TestDesk;

beforeEach(() => {
  desk = new TestDesk();
  put(manifest);
  desk.files.set(WEIGHTS_URL, weightsFile);
  desk.open(MANIFEST_URL);
});

afterEach(() => desk.close());

function put(contents: object) {
  desk.files.set(MANIFEST_URL, new TextEncoder().encode(JSON.stringify(contents)));
}

const ask = () => desk.answerTo('predict', desk.ask('predict', { pixels }));

test('before the first run the network that ships with the app answers, and says how good it is', async () => {
  expect(await ask()).toEqual({
    run: 'shipped',
    step: 3000,
    testAccuracy: 0.91,
    probabilities: new Float32Array(10).fill(0.25),
  });
});

test('it is fetched with the first drawing, once', async () => {
  await desk.until(() => desk.all('opened').length === 1);
  expect(desk.fetched).toEqual([]);
  await Promise.all([ask(), ask(), ask()]);
  expect(desk.fetched).toEqual([MANIFEST_URL, WEIGHTS_URL]);
  expect(desk.engine.predictors).toBe(1);
});

test('a run takes over with its first step, and hands back when it is reset', async () => {
  const { dataset, network, recipe } = ciutacuCnn;
  desk.send({ type: 'train', run: 4, dataset, network, recipe, advance: 'batch' });
  await desk.phase('paused');
  expect(await ask()).toMatchObject({ run: 4, step: 1, testAccuracy: null });
  desk.send({ type: 'reset', run: 4 });
  expect(await ask()).toMatchObject({ run: 'shipped' });
});

test('where it cannot be had there is no answer, and a retry helps', async () => {
  desk.files.delete(MANIFEST_URL);
  expect(await ask()).toBeNull();
  put(manifest);
  expect(await ask()).toBeNull();
  desk.send({ type: 'retryData' });
  expect(await ask()).toMatchObject({ run: 'shipped' });
  expect(desk.all('failed')).toEqual([]);
});

test.each([
  ['of another version', { format: 1 }],
  ['for another data set', { dataset: 'digits' }],
  ['of a network that cannot be read', { network: { layers: [{ kind: 'transformer', id: 'a' }] } }],
  ['of a network with errors', { network: { layers: [] } }],
  ['whose network has other weights', { network: JSON.parse(networkText(malcaSitalkilDense.network)) }],
  ['with another checksum', { sha256: '0'.repeat(64) }],
  ['that points out of its folder', { file: '../data/train-00.bin' }],
  ['that is larger than it may be', { bytes: 50_000_000 }],
  ['that promises fewer bytes than come', { bytes: 1000 }],
])('a file %s is refused', async (_name, change) => {
  put({ ...manifest, ...change });
  expect(await ask()).toBeNull();
  expect(desk.engine.predictors).toBe(0);
});

test('it also says which training images it finds alike, until a run has taken a step', async () => {
  const alike = () => desk.answerTo('featureNeighbours', desk.ask('featureNeighbours', { pixels, k: 1 }));
  expect(await alike()).toMatchObject({
    type: 'found',
    by: { run: 'shipped', step: 3000, testAccuracy: 0.91 },
    layer: { name: 'Dense 1' },
  });
  const { dataset, network, recipe } = ciutacuCnn;
  desk.send({ type: 'train', run: 1, dataset, network, recipe, advance: 'batch' });
  await desk.phase('paused');
  expect(await alike()).toMatchObject({ by: { run: 1, step: 1 } });
  // It goes on answering drawings.
  expect(desk.engine.disposed).toEqual([]);
});
