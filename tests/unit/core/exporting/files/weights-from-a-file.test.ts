import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DatasetSpec } from '../../../../../src/core/dataset/spec.ts';
import { fitTensors } from '../../../../../src/core/exporting/files/pytorch-reading.ts';
import { torchTensors } from '../../../../../src/core/exporting/files/pytorch-tensors.ts';
import { safetensorsFile } from '../../../../../src/core/exporting/files/safetensors.ts';
import { readSafetensors } from '../../../../../src/core/exporting/files/safetensors-reading.ts';
import { taskIn, taskOf } from '../../../../../src/core/exporting/files/task-of-weights.ts';
import { analyse, type Graph } from '../../../../../src/core/network/graph.ts';
import type { Network } from '../../../../../src/core/network/network.ts';
import { sizeOf } from '../../../../../src/core/network/shape.ts';
import { uint32At } from '../../../../../src/core/random.ts';
import { SHIPPED_DIGITS } from '../../../../../src/datasets/digits/shipped.ts';
import { FASHION_MNIST } from '../../../../../src/datasets/fashion-mnist/spec.ts';
import { SHIPPED_PENGUINS } from '../../../../../src/datasets/penguins/shipped.ts';
import { VALID_NETWORK } from '../../../../fixtures/specs/arbitrary.ts';
import { layers, type Row } from '../../../../fixtures/specs/fixture.ts';

const STATE = readFileSync(fileURLToPath(new URL('../../../../fixtures/torch/state.safetensors', import.meta.url)));
const DIGITS = SHIPPED_DIGITS.spec;
const OUTPUT: Row = ['dense', { units: 10, activation: 'softmax' }];

function graphOf(dataset: DatasetSpec, network: Network): Graph {
  const { graph } = analyse(network, dataset);
  if (graph === null) throw new Error('The network has errors.');
  return graph;
}

/** Weights of which no two are alike, and one is the negative zero. */
function weightsOf({ nodes }: Graph): readonly Float32Array<ArrayBuffer>[] {
  let count = 0;
  return nodes
    .flatMap(({ weights }) => weights)
    .map(({ shape }) => Float32Array.from({ length: sizeOf(shape) }, () => (count++ === 0 ? -0 : count / 1000)));
}

function tensorsIn(file: Uint8Array) {
  const reading = readSafetensors(file);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.tensors;
}

const fileOf = (graph: Graph, weights = weightsOf(graph)) => safetensorsFile(torchTensors(graph, weights), {});

describe('a file that the app has saved', () => {
  test('gives back exactly the weights, whatever the network', () => {
    fc.assert(
      fc.property(VALID_NETWORK, (network) => {
        const graph = graphOf(FASHION_MNIST, network);
        const weights = weightsOf(graph);
        const fitted = fitTensors(graph, tensorsIn(fileOf(graph, weights)));
        expect([fitted.unused, [...fitted.lacking]]).toEqual([[], []]);
        expect(fitted.values).toEqual(weights);
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  test.each<readonly Row[]>([
    [['lstm', { units: 3, bidirectional: true }], OUTPUT],
    [['gru', { units: 3, bidirectional: true }], OUTPUT],
    [['simpleRnn', { units: 3 }], OUTPUT],
    [['separableConv2d', { filters: 3, depthMultiplier: 2 }], ['flatten'], OUTPUT],
    [
      ['patches', { patchSize: 4 }],
      ['positionEmbedding'],
      ['multiHeadAttention', { heads: 2, keySize: 3 }],
      ['flatten'],
      OUTPUT,
    ],
    [['batchNormalization', { scale: false }], ['flatten'], ['layerNormalization', { center: false }], OUTPUT],
  ])('gives back those of %j', (...rows) => {
    const graph = graphOf(DIGITS, { layers: layers(...rows) });
    expect(fitTensors(graph, tensorsIn(fileOf(graph))).values).toEqual(weightsOf(graph));
  });

  test('says which layers it has nothing for, and what no layer takes', () => {
    const before = graphOf(DIGITS, {
      layers: layers(['conv2d', { filters: 4 }], ['flatten'], ['dense', { units: 6 }], OUTPUT),
    });
    const now = graphOf(DIGITS, {
      layers: layers(['conv2d', { filters: 4 }], ['batchNormalization'], ['flatten'], ['dense', { units: 7 }], OUTPUT),
    });
    const { values, lacking, unused } = fitTensors(now, tensorsIn(fileOf(before)));
    expect(values.map((value) => value === null)).toEqual([false, false, ...Array(8).fill(true)]);
    expect([...lacking]).toEqual([
      ['batchNormalization-1', 'the file has no batch_normalization.weight'],
      ['dense-1', 'dense.weight is 6×144 in the file, and 7×144 here'],
      ['dense-2', 'dense_1.weight is 10×6 in the file, and 10×7 here'],
    ]);
    expect(unused).toEqual([]);
    const small = graphOf(DIGITS, { layers: layers(['conv2d', { filters: 4 }], ['flatten'], OUTPUT) });
    expect(fitTensors(small, tensorsIn(fileOf(before))).unused).toEqual(['dense_1.weight', 'dense_1.bias']);
  });

  test('says of which classes its weights are, and is refused for a table of other columns', () => {
    const penguins = SHIPPED_PENGUINS.spec;
    const about = new Map(Object.entries(taskOf(DIGITS)));
    expect(taskIn(about, FASHION_MNIST)).toEqual({ ...FASHION_MNIST, classes: DIGITS.classes });
    expect(taskIn(about, penguins)).toBe(penguins);
    expect(taskIn(new Map([['classes', '{"__proto__": 3}']]), DIGITS)).toBe(DIGITS);
    expect(taskIn(new Map([['columns', '[]']]), penguins)).toMatch(/other columns/);
    expect(taskIn(new Map(Object.entries(taskOf(penguins))), penguins)).toEqual(penguins);
  });
});

test('a file of PyTorch fits by names and by shapes, in any precision, its two biases as their sum', () => {
  const graph = graphOf(DIGITS, {
    layers: layers(
      ['reshape', { targetShape: [8, 8] }],
      ['batchNormalization'],
      ['lstm', { units: 3 }],
      ['dense', { units: 5 }],
      OUTPUT,
    ),
  });
  const { values, lacking, unused } = fitTensors(graph, tensorsIn(STATE));
  expect([...lacking]).toEqual([]);
  expect(unused).toEqual(['other.bias', 'other.weight']);
  const names = graph.nodes.flatMap((node) => node.weights.map(({ name }) => `${node.spec.id} ${name}`));
  const found = new Map(names.map((name, i) => [name, values[i]]));
  expect(found.get('lstm-1 bias')?.slice(0, 2)).toEqual(Float32Array.of(-1.0757256746292114, -0.0944867730140686));
  expect(found.get('dense-1 bias')?.slice(0, 2)).toEqual(Float32Array.of(-0.390869140625, 0.486572265625));
  const kernel = found.get('dense-1 kernel');
  expect([kernel?.[0], kernel?.[5], kernel?.[10]]).toEqual([-0.515625, 0.205078125, 0.470703125]);
});

test('weights that are not finite, or cannot be as they are in the file, are named', () => {
  const graph = graphOf(DIGITS, { layers: layers(['flatten'], ['layerNormalization', { center: false }], OUTPUT) });
  const tensors = torchTensors(graph, weightsOf(graph));
  const changed = (name: string, value: number) =>
    fitTensors(
      graph,
      tensorsIn(
        safetensorsFile(
          tensors.map((tensor) =>
            tensor.name === name ? { ...tensor, values: tensor.values.map(() => value) } : tensor,
          ),
          {},
        ),
      ),
    ).lacking;
  expect([...changed('dense.weight', Number.NaN)]).toEqual([
    ['dense-1', 'dense.weight has numbers in the file that are not finite'],
  ]);
  expect([...changed('layer_normalization.bias', 2)]).toEqual([
    ['layerNormalization-1', 'layer_normalization.bias is not 0 in the file, and here it is always'],
  ]);
});

/** A file with this header and so many bytes of numbers behind it. */
function fileWith(header: string, bytes: number, length = new TextEncoder().encode(header).length): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(text, 8);
  return file;
}

const entry = (shape: readonly number[], begin: number, end: number, dtype = 'F32') =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });

describe('a file that cannot be right is refused in a sentence', () => {
  test.each([
    ['no header', new Uint8Array(5), /^This is not a SafeTensors file/],
    ['a header longer than the file', fileWith('{}', 0, 2 ** 40), /^This is not a SafeTensors file/],
    ['no JSON', fileWith('hello', 0), /^This is not a SafeTensors file/],
    ['brackets without end', fileWith('['.repeat(100_000), 0), /^This is not a SafeTensors file/],
    ['more than there is', fileWith(`{"a":${entry([2], 0, 8)}}`, 4), /bytes that belong to none/],
    ['less than there is', fileWith(`{"a":${entry([1], 0, 4)}}`, 8), /bytes that belong to none/],
    ['bytes of two', fileWith(`{"a":${entry([1], 0, 4)},"b":${entry([1], 0, 4)}}`, 4), /or to two of them/],
    ['another shape', fileWith(`{"a":${entry([3], 0, 8)}}`, 8), /the shape and the bytes differ of its tensor a/],
    ['a huge shape', fileWith(`{"a":${entry([2 ** 40, 2 ** 40], 0, 8)}}`, 8), /the shape and the bytes differ/],
    ['a negative shape', fileWith(`{"a":${entry([-1, -2], 0, 8)}}`, 8), /there is no shape/],
    ['an unknown type', fileWith(`{"a":${entry([1], 0, 4, '__proto__')}}`, 4), /nothing is known of the type/],
    ['no offsets', fileWith('{"a":{"dtype":"F32","shape":[1]}}', 4), /where the numbers lie/],
    ['a name twice', fileWith(`{"a":${entry([1], 0, 4)},"a":${entry([1], 0, 4)}}`, 4), /two tensors of the same name/],
  ])('%s', (_, file, sentence) => {
    const reading = readSafetensors(file);
    expect('problem' in reading && reading.problem).toMatch(sentence);
  });

  test('a tensor that is called __proto__ is one as any other', () => {
    const tensors = tensorsIn(fileWith(`{"__proto__":${entry([1], 0, 4)}}`, 4));
    expect([...tensors.keys()]).toEqual(['__proto__']);
    const graph = graphOf(DIGITS, { layers: layers(['flatten'], OUTPUT) });
    expect(fitTensors(graph, tensors).unused).toEqual(['__proto__']);
  });

  test('2,000 damaged files: each is read or refused, and nothing else is touched', () => {
    const graph = graphOf(DIGITS, {
      layers: layers(['conv2d', { filters: 2 }], ['batchNormalization'], ['flatten'], OUTPUT),
    });
    const untouched = Object.getOwnPropertyNames(Object.prototype).length;
    const whole = fileOf(graph);
    const header = 8 + Number(new DataView(whole.buffer).getBigUint64(0, true));
    let refused = 0;
    for (let round = 0; round < 2000; round++) {
      const chance = (index: number, below: number) => uint32At([2026, 11, 28], round * 64 + index) % below;
      let file = whole.slice(0, chance(0, 4) === 0 ? chance(1, whole.length) : whole.length);
      for (let change = 0; change <= chance(2, 8); change++) {
        const place = chance(3 * change + 3, chance(3 * change + 4, 3) === 0 ? whole.length : header);
        if (place < file.length) file[place] = chance(3 * change + 5, 256);
      }
      if (chance(40, 5) === 0) file = Uint8Array.from([...file, ...file.subarray(0, 16)]);
      const reading = readSafetensors(file);
      if ('problem' in reading) {
        expect(reading.problem).toMatch(/^This (?:file|is) .+\.$/s);
        refused++;
      } else {
        const { values, lacking } = fitTensors(graph, reading.tensors);
        expect(values).toHaveLength(8);
        for (const reason of lacking.values()) expect(reason).toMatch(/\S/);
        for (const value of values) expect(value?.every(Number.isFinite) ?? true).toBe(true);
      }
    }
    expect(refused).toBeGreaterThan(1000);
    expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(untouched);
  });
});
