import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { analyse } from '../../../src/core/network/graph.ts';
import { networkText } from '../../../src/core/network/network-text.ts';
import { sizeOf } from '../../../src/core/network/shape.ts';
import { packWeights } from '../../../src/core/network/weights-file.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { malcaSitalkilDense } from '../../../src/datasets/fashion-mnist/presets/malca-sitalkil.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { ServedWorker } from './served-worker.ts';

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

let worker: ServedWorker;

beforeEach(() => {
  worker = new ServedWorker();
  put(manifest);
  worker.files.set(WEIGHTS_URL, weightsFile);
  worker.open(MANIFEST_URL);
});

afterEach(() => worker.close());

function put(contents: object) {
  worker.files.set(MANIFEST_URL, new TextEncoder().encode(JSON.stringify(contents)));
}

const ask = () => worker.answerTo('predict', worker.ask('predict', { pixels }));

test('before the first run the network that ships with the app answers, and says how good it is', async () => {
  expect(await ask()).toEqual({
    run: 'shipped',
    step: 3000,
    testAccuracy: 0.91,
    probabilities: new Float32Array(10).fill(0.25),
  });
});

test('it is fetched with the first drawing, once', async () => {
  await worker.until(() => worker.all('opened').length === 1);
  expect(worker.fetched).toEqual([]);
  await Promise.all([ask(), ask(), ask()]);
  expect(worker.fetched).toEqual([MANIFEST_URL, WEIGHTS_URL]);
  expect(worker.engine.predictors).toBe(1);
});

test('a run takes over with its first step, and hands back when it is reset', async () => {
  const { dataset, network, recipe } = ciutacuCnn;
  worker.send({ type: 'train', run: 4, dataset, network, recipe, advance: 'batch' });
  await worker.phase('paused');
  expect(await ask()).toMatchObject({ run: 4, step: 1, testAccuracy: null });
  worker.send({ type: 'reset', run: 4 });
  expect(await ask()).toMatchObject({ run: 'shipped' });
});

test('where it cannot be had there is no answer, and a retry helps', async () => {
  worker.files.delete(MANIFEST_URL);
  expect(await ask()).toBeNull();
  put(manifest);
  expect(await ask()).toBeNull();
  worker.send({ type: 'retryData' });
  expect(await ask()).toMatchObject({ run: 'shipped' });
  expect(worker.all('failed')).toEqual([]);
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
  expect(worker.engine.predictors).toBe(0);
});

test('it also says which training images it finds alike, until a run has taken a step', async () => {
  const alike = () => worker.answerTo('featureNeighbours', worker.ask('featureNeighbours', { pixels, k: 1 }));
  expect(await alike()).toMatchObject({
    type: 'found',
    by: { run: 'shipped', step: 3000, testAccuracy: 0.91 },
    layer: { name: 'Dense 1' },
  });
  const { dataset, network, recipe } = ciutacuCnn;
  worker.send({ type: 'train', run: 1, dataset, network, recipe, advance: 'batch' });
  await worker.phase('paused');
  expect(await alike()).toMatchObject({ by: { run: 1, step: 1 } });
  // It goes on answering drawings.
  expect(worker.engine.disposed).toEqual([]);
});

test('the network itself is given on request, whichever data set is open', async () => {
  const trained = await worker.answerTo(
    'shippedNetwork',
    worker.ask('shippedNetwork', { url: MANIFEST_URL, dataset: FASHION_MNIST }),
  );
  expect(trained?.network).toEqual(ciutacuCnn.network);
  expect(trained?.values.map((values) => values?.[0])).toEqual([0.25, 0.25, 0.25, 0.25, 0.25, 0.25]);
  worker.files.delete(WEIGHTS_URL);
  const again = worker.ask('shippedNetwork', { url: MANIFEST_URL, dataset: FASHION_MNIST });
  expect(await worker.answerTo('shippedNetwork', again)).toBeNull();
});
