import * as tf from '@tensorflow/tfjs';
import { inputShapeOf } from '../../src/core/dataset/spec.ts';
import { kerasParts, kerasWeights } from '../../src/core/exporting/files/keras-model.ts';
import { onnxFile } from '../../src/core/exporting/files/onnx.ts';
import { torchTensors } from '../../src/core/exporting/files/pytorch-tensors.ts';
import { safetensorsFile } from '../../src/core/exporting/files/safetensors.ts';
import { tfjsParts } from '../../src/core/exporting/files/tfjs-model.ts';
import { kerasCode } from '../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../src/core/exporting/pytorch.ts';
import { analyse } from '../../src/core/network/graph.ts';
import { parametersOf } from '../../src/core/network/layers/kernel.ts';
import { definitionOf, LAYER_KINDS } from '../../src/core/network/layers/registry.ts';
import { defaultRecipe } from '../../src/core/training/recipe.ts';
import { SHIPPED_DATASETS } from '../../src/datasets/all-datasets.ts';
import { Model } from '../../src/engine/tape/model.ts';
import { NetworkWeights } from '../../src/engine/tape/weights.ts';
import { openWasm } from '../../src/engine/wasm/open.ts';
import { layers } from '../../tests/fixtures/specs/fixture.ts';
import { smallDatasets } from './datasets.mjs';
import { SAMPLES } from './files.mjs';
import { samplesOfFolder } from './samples.mjs';

/** @typedef {import('../../src/core/network/graph.ts').Graph} Graph */
/** @typedef {import('../../tests/fixtures/specs/fixture.ts').Row} Row */

/**
 * A network whose files are opened in other tools.
 * @typedef {object} FileCase
 * @property {string} name
 * @property {number} parameters
 * @property {(isQuick?: boolean) => Promise<PreparedFiles>} prepare `isQuick`: by WebAssembly, as the app does it without a GPU
 */

/**
 * @typedef {object} PreparedFiles
 * @property {number[]} shape of a sample
 * @property {Float32Array} inputs of the samples, as networks read them
 * @property {Float32Array} logits that the app computes: [samples, units of the last layer]
 * @property {number} units
 * @property {Readonly<Record<string, Uint8Array>>} files by name
 * @property {{ torch: string, keras: string }} programs
 * @property {Readonly<Record<string, Uint8Array>>} kerasParts to be zipped
 * @property {Readonly<Record<string, Uint8Array>> | string} tfjs its files, or what tfjs lacks
 */

/** @type {Row} */
const FOUR = ['dense', { units: 4, activation: 'softmax' }];

/** A network for each kind of layer, with the options that are most likely to be told wrongly. */
/** @type {Readonly<Record<import('../../src/core/network/layers/registry.ts').LayerKind, readonly Row[]>>} */
const KINDS = {
  conv2d: [
    ['conv2d', { filters: 5, kernelSize: 4, strides: 3, padding: 'same', activation: 'leakyRelu' }],
    ['conv2d', { filters: 6, kernelSize: 2, dilationRate: 2, useBias: false, activation: 'gelu' }],
    ['flatten'],
    FOUR,
  ],
  depthwiseConv2d: [
    ['conv2d', { filters: 3, activation: 'selu' }],
    ['depthwiseConv2d', { depthMultiplier: 2, strides: 2, padding: 'same', activation: 'swish' }],
    ['flatten'],
    FOUR,
  ],
  separableConv2d: [
    ['conv2d', { filters: 3, activation: 'elu' }],
    ['separableConv2d', { filters: 5, depthMultiplier: 2, strides: 2, padding: 'same', activation: 'softplus' }],
    ['flatten'],
    FOUR,
  ],
  maxPooling2d: [
    ['conv2d', { filters: 3 }],
    ['maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' }],
    ['flatten'],
    FOUR,
  ],
  averagePooling2d: [
    ['conv2d', { filters: 3, activation: 'linear' }],
    // Where the margins are not alike, Keras on PyTorch repeats the edge; on TensorFlow and JAX it leaves it out, as here.
    ['averagePooling2d', { poolSize: 3, strides: 1, padding: 'same' }],
    ['flatten'],
    FOUR,
  ],
  globalAveragePooling2d: [['conv2d', { filters: 9, activation: 'tanh' }], ['globalAveragePooling2d'], FOUR],
  globalAveragePooling1d: [['patches', { patchSize: 5 }], ['globalAveragePooling1d'], FOUR],
  patches: [
    ['conv2d', { filters: 3, padding: 'same' }],
    ['patches', { patchSize: 2 }],
    ['dense', { units: 5 }],
    ['flatten'],
    FOUR,
  ],
  positionEmbedding: [['patches', { patchSize: 5 }], ['positionEmbedding'], ['flatten'], FOUR],
  multiHeadAttention: [
    ['patches', { patchSize: 2 }],
    ['dense', { units: 6 }],
    ['multiHeadAttention', { heads: 2, keySize: 5 }],
    ['add', { from: 'dense-1' }],
    ['globalAveragePooling1d'],
    FOUR,
  ],
  flatten: [['conv2d', { filters: 3, activation: 'sigmoid' }], ['flatten'], FOUR],
  reshape: [['reshape', { targetShape: [5, 5, 4] }], ['conv2d', { filters: 3 }], ['flatten'], FOUR],
  dense: [['dense', { units: 7, activation: 'relu' }], ['flatten'], ['dense', { units: 6, useBias: false }], FOUR],
  dropout: [['flatten'], ['dense', { units: 9 }], ['dropout', { rate: 0.5 }], FOUR],
  spatialDropout2d: [['conv2d', { filters: 9 }], ['spatialDropout2d', { rate: 0.5 }], ['flatten'], FOUR],
  batchNormalization: [
    ['conv2d', { filters: 3 }],
    ['batchNormalization', { scale: false }],
    ['flatten'],
    ['batchNormalization', { center: false, epsilon: 0.01 }],
    FOUR,
  ],
  layerNormalization: [
    ['conv2d', { filters: 3 }],
    ['layerNormalization', { center: false }],
    ['flatten'],
    ['layerNormalization', { scale: false }],
    FOUR,
  ],
  activation: [
    ['conv2d', { filters: 3, activation: 'linear' }],
    ['activation', { activation: 'softmax' }],
    ['conv2d', { filters: 3, activation: 'linear' }],
    ['activation', { activation: 'leakyRelu' }],
    ['flatten'],
    ['dense', { units: 4, activation: 'linear' }],
    ['activation', { activation: 'softmax' }],
  ],
  add: [
    ['conv2d', { filters: 3, padding: 'same' }],
    ['conv2d', { filters: 3, padding: 'same' }],
    ['add', { from: 'conv2d-1' }],
    ['flatten'],
    FOUR,
  ],
  concatenate: [
    ['conv2d', { filters: 3, padding: 'same' }],
    ['conv2d', { filters: 2, padding: 'same' }],
    ['concatenate', { from: 'conv2d-1' }],
    ['flatten'],
    FOUR,
  ],
  branch: [
    ['conv2d', { filters: 3, padding: 'same' }],
    ['conv2d', { filters: 4, padding: 'same' }],
    ['branch', { from: 'conv2d-1' }],
    ['conv2d', { filters: 4, padding: 'same' }],
    ['add', { from: 'conv2d-2' }],
    ['flatten'],
    FOUR,
  ],
  simpleRnn: [
    ['simpleRnn', { units: 7, activation: 'relu', returnSequences: true }],
    ['batchNormalization'],
    ['simpleRnn', { units: 5, activation: 'sigmoid', bidirectional: true }],
    FOUR,
  ],
  lstm: [['lstm', { units: 6, bidirectional: true, returnSequences: true }], ['lstm', { units: 5 }], FOUR],
  gru: [['gru', { units: 6, bidirectional: true, returnSequences: true }], ['gru', { units: 5 }], FOUR],
};

/**
 * Every preset on images and rows of its own data set, and a network for each kind of layer.
 * @param {string} root the project's folder
 * @returns {readonly FileCase[]}
 */
export function fileCases(root) {
  const { spots, rows } = smallDatasets();
  const small = LAYER_KINDS.map((kind) =>
    fileCase(definitionOf(kind).title, KINDS[kind], spots.spec, () => spots.test),
  );
  const sigmoid = fileCase(
    'A sigmoid unit',
    [
      ['dense', { units: 5 }],
      ['dense', { units: 1, activation: 'sigmoid' }],
    ],
    rows.spec,
    () => rows.test,
  );
  const presets = SHIPPED_DATASETS.flatMap(({ spec, folder, presets: own }) =>
    own.map(({ title, network }) =>
      caseOf(`${spec.title}: ${title}`, analyse(network, spec), () => samplesOfFolder(root, folder)),
    ),
  );
  return [...small, sigmoid, ...presets];
}

/**
 * @param {string} name
 * @param {readonly Row[]} rows
 * @param {import('../../src/core/dataset/spec.ts').DatasetSpec} spec
 * @param {() => import('./datasets.mjs').Samples} read
 */
function fileCase(name, rows, spec, read) {
  return caseOf(name, analyse({ layers: layers(...rows) }, spec), read);
}

/**
 * @param {string} name
 * @param {import('../../src/core/network/graph.ts').Analysis} analysis
 * @param {() => import('./datasets.mjs').Samples} read
 * @returns {FileCase}
 */
function caseOf(name, { graph, issues }, read) {
  if (graph === null) throw new Error(`${name}: ${issues.map(({ message }) => message).join(' ')}`);
  const parameters = parametersOf(graph.nodes.flatMap(({ weights }) => weights));
  return { name, parameters, prepare: (isQuick = false) => prepared(graph, read(), isQuick) };
}

/**
 * @param {Graph} graph
 * @param {import('./datasets.mjs').Samples} samples
 * @param {boolean} isQuick
 * @returns {Promise<PreparedFiles>}
 */
async function prepared(graph, { values }, isQuick) {
  if (isQuick) await openWasm({ threads: 1 });
  else await tf.setBackend('cpu');
  const { samples } = graph.dataset;
  const shape = [...inputShapeOf(graph.dataset)];
  const size = shape.reduce((product, extent) => product * extent, 1);
  const stored =
    samples.storage === 'uint8' ? values : new Float32Array(values.buffer, values.byteOffset, values.length / 4);
  // Where a set has fewer, its samples come again.
  const inputs = Float32Array.from(
    { length: SAMPLES * size },
    (_, i) => (stored[i % stored.length] ?? 0) / samples.scale,
  );
  const weights = new NetworkWeights(graph, 1);
  const numbers = movedWeights(graph, weights);
  for (const [i, { variable }] of weights.all.entries()) variable.assign(tf.tensor(numbers[i] ?? [], variable.shape));
  const units = graph.nodes.at(-1)?.output[0] ?? 0;
  const logits = tf.tidy(() => {
    const all = new Model(graph, weights).forward(tf.tensor(inputs, [SAMPLES, ...shape]), {
      training: false,
      seed: 0,
      step: 0,
    });
    return Float32Array.from((units === 1 ? all.slice([0, 1]) : all).dataSync());
  });
  for (const { variable } of weights.all) variable.dispose();
  const recipe = defaultRecipe(graph.dataset);
  return {
    shape,
    inputs,
    logits,
    units,
    programs: { torch: pytorchCode(graph, recipe), keras: kerasCode(graph, recipe) },
    files: {
      'network.safetensors': safetensorsFile(torchTensors(graph, numbers), {}),
      'network.onnx': onnxFile(graph, numbers),
      'network.weights.h5': kerasWeights(graph, numbers),
    },
    kerasParts: kerasParts(graph, numbers),
    tfjs: tfjsOf(graph, numbers),
  };
}

/**
 * The files for tfjs, or the sentence that says what it lacks.
 * @param {Graph} graph
 * @param {readonly Float32Array[]} numbers
 */
function tfjsOf(graph, numbers) {
  try {
    return tfjsParts(graph, numbers);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/**
 * Weights such as training leaves them: no bias is zero, and no statistic where it begins.
 * @param {Graph} graph
 * @param {NetworkWeights} weights
 * @returns {readonly Float32Array<ArrayBuffer>[]}
 */
function movedWeights(graph, weights) {
  const names = graph.nodes.flatMap((node) => node.weights.map(({ name }) => name));
  let state = 7;
  const chance = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return weights.all.map(({ variable }, i) => {
    const isKernel = /kernel/i.test(names[i] ?? '');
    return Float32Array.from(variable.dataSync(), (value) => value + (isKernel ? 0 : 0.3 * (chance() - 0.4)));
  });
}
