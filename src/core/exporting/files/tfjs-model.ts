import { at } from '../../at.ts';
import { inputShapeOf } from '../../dataset/spec.ts';
import type { Graph } from '../../network/graph.ts';
import { snakeCase } from '../../network/keras-names.ts';
import { definitionOf, type LayerSpec } from '../../network/layers/registry.ts';
import { type Dialect, INPUT_NAME, type Json, type LayerConfig, layerConfigs } from './keras-config.ts';
import { putFloats } from './safetensors.ts';
import { type NamedTensor, tensorsOf } from './tensor.ts';
import { TFJS_LACKS } from './tfjs-kinds.ts';

const TFJS: Dialect = {
  activation: (activation) => activation,
  inner: (className, config) => ({ class_name: className, config }),
  object: (_module, className, config) => ({ class_name: className, config }),
};

/** The name of the file with the numbers, which `model.json` names. */
const TFJS_WEIGHTS = 'weights.bin';

/** What of a network tfjs has not, as a sentence; null where it has everything. */
function missingInTfjs({ nodes }: Graph): string | null {
  const lack = nodes.map(({ spec }) => TFJS_LACKS[spec.kind]).find((sentence) => sentence !== null);
  if (lack !== undefined) return lack;
  if (nodes.some(({ spec }) => spec.kind !== 'activation' && usesLeaky(spec)))
    return 'TensorFlow.js has Leaky ReLU as a layer only: put an Activation of it behind a layer with a linear one.';
  return null;
}

function usesLeaky(spec: LayerSpec): boolean {
  return 'activation' in spec && spec.activation === 'leakyRelu';
}

/** The two files of a layers model of tfjs. Throws a RangeError for networks that have what tfjs lacks. */
export function tfjsParts(graph: Graph, weights: readonly Float32Array[]): Readonly<Record<string, Uint8Array>> {
  const missing = missingInTfjs(graph);
  if (missing !== null) throw new RangeError(missing);
  const { layers, output } = layerConfigs(graph, TFJS);
  const tensors = tensorsOf(graph, weights);
  const named = layers.flatMap((layer) => {
    if (layer.node === null) return [];
    return namedOf(layer, [...at(tensors, graph.nodes.indexOf(layer.node))]);
  });
  const input = {
    class_name: 'InputLayer',
    config: {
      name: INPUT_NAME,
      batch_input_shape: [null, ...inputShapeOf(graph.dataset)],
      dtype: 'float32',
      sparse: false,
    },
    name: INPUT_NAME,
    inbound_nodes: [],
  };
  const model: Json = {
    format: 'layers-model',
    generatedBy: 'Fitting Room',
    convertedBy: null,
    modelTopology: {
      class_name: 'Model',
      config: {
        name: 'fitting_room',
        layers: [input, ...layers.map(layerOf)],
        input_layers: [[INPUT_NAME, 0, 0]],
        output_layers: [[output, 0, 0]],
      },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      { paths: [TFJS_WEIGHTS], weights: named.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) },
    ],
  };
  return { 'model.json': new TextEncoder().encode(JSON.stringify(model)), [TFJS_WEIGHTS]: numbersOf(named) };
}

/** A layer in the words of tfjs, which drops single values where Keras drops whole channels: both only in training. */
function layerOf({ className, name, config, inputs }: LayerConfig): Json {
  const isLeaky = className === 'Activation' && config['activation'] === 'leakyRelu';
  const [own, options]: readonly [string, LayerConfig['config']] = isLeaky
    ? ['LeakyReLU', { name, alpha: 0.2 }]
    : [className === 'SpatialDropout2D' ? 'Dropout' : className, config];
  return {
    class_name: own,
    config: options,
    name,
    inbound_nodes: [inputs.map(({ name: source }) => [source, 0, 0, {}])],
  };
}

/** Weights under the names that tfjs has for them. */
function namedOf(
  { name, className, node }: LayerConfig,
  own: readonly (readonly [string, Omit<NamedTensor, 'name'>])[],
): readonly NamedTensor[] {
  const snake = (weight: string) => weight.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (className !== 'Bidirectional')
    return own.map(([weight, tensor]) => ({ name: `${name}/${snake(weight)}`, ...tensor }));
  const inner = node === null ? '' : snakeCase(definitionOf(node.spec.kind).title);
  return own.map(([weight, tensor]) => {
    const isBackward = weight.startsWith('backward');
    const plain = isBackward ? weight.replace(/^backward./, (start) => start.slice(-1).toLowerCase()) : weight;
    return { name: `${name}/${isBackward ? 'backward' : 'forward'}_${inner}/${snake(plain)}`, ...tensor };
  });
}

function numbersOf(tensors: readonly NamedTensor[]): Uint8Array {
  const length = tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  const view = new DataView(new ArrayBuffer(length));
  let place = 0;
  for (const { values } of tensors) place = putFloats(view, place, values);
  return new Uint8Array(view.buffer);
}
