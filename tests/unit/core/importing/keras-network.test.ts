import { expect, test } from 'vitest';
import { kerasParts } from '../../../../src/core/exporting/files/keras-model.ts';
import { tfjsParts } from '../../../../src/core/exporting/files/tfjs-model.ts';
import { networkOfKeras } from '../../../../src/core/importing/keras-network.ts';
import { analyse, type Graph } from '../../../../src/core/network/graph.ts';
import { sizeOf } from '../../../../src/core/network/shape.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { layers, OUTPUT, type Row } from '../../../fixtures/specs/fixture.ts';

const NETWORKS: Readonly<Record<string, readonly Row[]>> = {
  convolutions: [
    [
      'conv2d',
      { filters: 6, kernelSize: 5, strides: 2, padding: 'same', kernelInitializer: 'heNormal', l1: 0.1, l2: 0.2 },
    ],
    ['depthwiseConv2d', { depthMultiplier: 2, padding: 'same', useBias: false, activation: 'swish' }],
    ['batchNormalization', { momentum: 0.9, epsilon: 0.01, center: false, frozen: true }],
    [
      'separableConv2d',
      { filters: 4, dilationRate: 2, padding: 'same', kernelInitializer: 'randomNormal', stddev: 0.3 },
    ],
    ['maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' }],
    ['averagePooling2d'],
    ['spatialDropout2d', { rate: 0.2 }],
    ['layerNormalization', { scale: false }],
    ['activation', { activation: 'leakyRelu' }],
    ['globalAveragePooling2d'],
    OUTPUT,
  ],
  joined: [
    ['conv2d', { filters: 3, padding: 'same', frozen: true }],
    ['conv2d', { filters: 3, padding: 'same' }],
    ['add', { from: 'conv2d-1' }],
    ['branch', { from: 'conv2d-1' }],
    ['conv2d', { filters: 5, padding: 'same' }],
    ['concatenate', { from: 'add-1' }],
    ['branch', { from: 'input' }],
    ['conv2d', { filters: 8, padding: 'same' }],
    ['add', { from: 'concatenate-1' }],
    ['flatten'],
    ['dropout', { rate: 0.25 }],
    OUTPUT,
  ],
  recurrent: [
    ['reshape', { targetShape: [56, 14] }],
    ['gru', { units: 5, bidirectional: true, returnSequences: true }],
    ['lstm', { units: 4, returnSequences: true, recurrentInitializer: 'heUniform' }],
    ['simpleRnn', { units: 6, activation: 'relu' }],
    OUTPUT,
  ],
};

function graphOf(rows: readonly Row[]): Graph {
  const { graph, issues } = analyse({ layers: layers(...rows) }, FASHION_MNIST);
  if (graph === null) throw new Error(issues.map(({ message }) => message).join(' '));
  return graph;
}

function weightsOf({ nodes }: Graph) {
  return nodes.flatMap((node) => node.weights.map(({ shape }) => new Float32Array(sizeOf(shape))));
}

const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

test.each(Object.entries(NETWORKS))('%s: what the app writes for Keras becomes the same layers again', (_, rows) => {
  const graph = graphOf(rows);
  const config = textOf(kerasParts(graph, weightsOf(graph))['config.json']);
  expect(networkOfKeras(config)).toEqual({ network: { layers: layers(...rows) } });
});

test.each(['convolutions', 'joined'])('%s: and what it writes for tfjs, which has one kind of dropout', (name) => {
  const rows = NETWORKS[name] ?? [];
  const graph = graphOf(rows);
  const read = networkOfKeras(textOf(tfjsParts(graph, weightsOf(graph))['model.json']));
  const plain = rows.map(
    (row): Row => (row[0] === 'spatialDropout2d' ? ['dropout', { rate: row[1]?.rate ?? 0 }] : row),
  );
  expect(read).toEqual({ network: { layers: layers(...plain) } });
});

const model = (...own: readonly object[]) => JSON.stringify({ class_name: 'Sequential', config: { layers: own } });
const layer = (className: string, config: object = {}) => ({
  class_name: className,
  config: { name: 'it', ...config },
});

test('what the builder does not have is named, all of it', () => {
  const text = model(
    layer('Conv1D'),
    layer('Conv2D', { filters: 3, kernel_size: [3, 5] }),
    layer('Conv2D', { filters: 3, kernel_size: [3, 3], data_format: 'channels_first' }),
    layer('Dense', { units: 3, activation: 'mish' }),
    layer('Dense', { units: 3, kernel_initializer: { class_name: 'Identity', config: {} } }),
    layer('GRU', { units: 3, reset_after: false }),
  );
  expect(networkOfKeras(text)).toEqual({
    problems: [
      'it: the builder has no Conv1D.',
      'it: the builder has no Conv2D with kernel_size of two lengths.',
      'it: the builder has no Conv2D with channels first.',
      'it: the builder has no Dense with the activation mish.',
      'it: the builder has no Dense with the initializer Identity.',
      'it: the builder has no GRU with the reset gate before the product.',
    ],
  });
});

test('options go through the checks of the builder', () => {
  for (const units of [-1, 1e12, '7', null, { valueOf: 3 }]) {
    const read = networkOfKeras(model(layer('Dense', { units })));
    expect(read !== null && 'problems' in read && read.problems[0]).toMatch(/^Layer 1 \(Dense\): /);
  }
});

test.each([
  ['text of the builder', '{ "layers": [] }'],
  ['no JSON', 'class_name'],
  ['nothing', ''],
])('%s is left to others', (_, text) => expect(networkOfKeras(text)).toBeNull());

test.each([
  ['half a file', model(layer('Dense')).slice(0, -9)],
  ['a tower of lists', `{"class_name": "Sequential", "config": ${'['.repeat(500_000)}`],
  ['another object', '{"class_name": "Adam", "config": {}}'],
  ['too many layers', model(...Array.from({ length: 401 }, () => layer('Flatten')))],
  ['a long text', `{"class_name": "${'x'.repeat(2_000_001)}"}`],
  [
    'a cycle',
    JSON.stringify({
      class_name: 'Functional',
      config: { layers: [{ ...layer('Dense', { units: 3 }), inbound_nodes: [[['it', 0, 0]]] }] },
    }),
  ],
  [
    'a prototype',
    '{"class_name": "Sequential", "config": {"layers": [{"class_name": "__proto__", "config": {"__proto__": {"units": 3}}}]}}',
  ],
])('%s: a sentence, and nothing is made', (_, text) => {
  const read = networkOfKeras(text);
  expect(read !== null && 'problems' in read && read.problems.length).toBe(1);
  expect(Object.hasOwn(Object.prototype, 'units')).toBe(false);
});
