import { at } from '../../at.ts';
import { inputShapeOf } from '../../dataset/spec.ts';
import type { Activation } from '../../network/activations.ts';
import type { Graph } from '../../network/graph.ts';
import type { GraphNode } from '../../network/graph-node.ts';
import { snakeCase } from '../../network/keras-names.ts';
import type { WeightName } from '../../network/layers/definition.ts';
import { groupsOf, hdf5File } from './hdf5.ts';
import { type Dialect, INPUT_NAME, type Json, type LayerConfig, layerConfigs } from './keras-config.ts';
import { type NamedTensor, type Tensor, tensorsOf } from './tensor.ts';

/** The version of Keras whose form the files have. */
const KERAS_VERSION = '3.15.1';

const ACTIVATIONS: { readonly [Name in Activation]?: string } = { leakyRelu: 'leaky_relu', swish: 'silu' };

const KERAS: Dialect = {
  activation: (activation) => ACTIVATIONS[activation] ?? activation,
  inner: (className, config) => object('keras.layers', className, config),
  object: (module, className, config) => object(`keras.${module}`, className, config),
};

function object(module: string, className: string, config: Json) {
  return { module, class_name: className, config, registered_name: null };
}

/** The files in a `.keras` file, which is a zip of them. */
export function kerasParts(graph: Graph, weights: readonly Float32Array[]): Readonly<Record<string, Uint8Array>> {
  const text = (value: Json) => new TextEncoder().encode(JSON.stringify(value));
  return {
    'metadata.json': text({ keras_version: KERAS_VERSION, date_saved: '2026-01-01@00:00:00' }),
    'config.json': text(kerasConfig(graph)),
    'model.weights.h5': kerasWeights(graph, weights),
  };
}

/** The network in Keras' own words: a functional model, whatever its form. */
function kerasConfig(graph: Graph): Json {
  const { layers, output } = layerConfigs(graph, KERAS);
  const input = {
    ...object('keras.layers', 'InputLayer', {
      name: INPUT_NAME,
      batch_shape: [null, ...inputShapeOf(graph.dataset)],
      dtype: 'float32',
      sparse: false,
    }),
    name: INPUT_NAME,
    inbound_nodes: [],
  };
  return object('keras.src.models.functional', 'Functional', {
    name: 'fitting_room',
    trainable: true,
    layers: [input, ...layers.map(layerOf)],
    input_layers: [[INPUT_NAME, 0, 0]],
    output_layers: [[output, 0, 0]],
  });
}

/** The class that the program brings and registers: Keras has none. */
const POSITION_EMBEDDING = {
  module: null,
  class_name: 'PositionEmbedding',
  registered_name: 'Custom>PositionEmbedding',
};

function layerOf({ className, name, config, inputs }: LayerConfig): Json {
  const tensors = inputs.map(({ name: source, shape }) => ({
    class_name: '__keras_tensor__',
    config: { shape: [null, ...shape], dtype: 'float32', keras_history: [source, 0, 0] },
  }));
  // Attention takes its inputs one by one, what joins takes them as a list.
  const args = tensors.length === 1 || className === 'MultiHeadAttention' ? tensors : [tensors];
  const own = className === 'PositionEmbedding' ? POSITION_EMBEDDING : object('keras.layers', className, {});
  return { ...own, config, name, inbound_nodes: [{ args, kwargs: {} }] };
}

/** The weights as `load_weights` of a Keras model with these layers takes them: a `.weights.h5` file. */
export function kerasWeights(graph: Graph, weights: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const tensors = tensorsOf(graph, weights);
  const { layers: all, output } = layerConfigs(graph, KERAS);
  const layers = inKerasOrder(all, output);
  const counts = new Map<string, number>();
  const named = layers.flatMap(({ className, node }): readonly NamedTensor[] => {
    // Keras numbers the layers of a class in the file, whatever they are called.
    const kind = snakeCase(className);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    if (node === null) return [];
    const own = [...at(tensors, graph.nodes.indexOf(node))];
    const folder = `layers/${count === 0 ? kind : `${kind}_${count}`}`;
    const half = own.length / 2;
    return own.map(([name, tensor], i) => {
      if (className === 'MultiHeadAttention')
        return attentionPart(folder, name, tensor, at(graph.nodes, graph.nodes.indexOf(node)));
      if (!name.endsWith('ecurrentKernel') && !own.some(([other]) => other === 'recurrentKernel'))
        return { name: `${folder}/vars/${i}`, ...tensor };
      if (className !== 'Bidirectional') return { name: `${folder}/cell/vars/${i}`, ...tensor };
      const way = i < half ? 'forward_layer' : 'backward_layer';
      return { name: `${folder}/${way}/cell/vars/${i % half}`, ...tensor };
    });
  });
  return hdf5File(groupsOf(named));
}

/** A kernel or bias of attention as Keras has it: with an axis for the heads, in a dense layer of its own. */
function attentionPart(folder: string, name: WeightName, { shape, values }: Tensor, { spec }: GraphNode): NamedTensor {
  const [, part = '', kind] = /^(query|key|value|output)(Kernel|Bias)$/.exec(name) ?? [];
  const heads = 'heads' in spec ? [spec.heads, spec.keySize] : [];
  const [rows = 0, columns = 0] = shape;
  const isOutput = part === 'output';
  const parted = kind === 'Bias' ? (isOutput ? shape : heads) : isOutput ? [...heads, columns] : [rows, ...heads];
  return { name: `${folder}/${part}_dense/vars/${kind === 'Bias' ? 1 : 0}`, shape: parted, values };
}

/** Layers in the order of `model.layers`: by their longest way to the output, then as they are met from there. */
function inKerasOrder(layers: readonly LayerConfig[], output: string): readonly LayerConfig[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const met: string[] = [];
  const meet = (name: string): void => {
    if (met.includes(name)) return;
    met.push(name);
    for (const input of byName.get(name)?.inputs ?? []) meet(input.name);
  };
  meet(output);
  const depths = new Map<string, number>();
  for (const { name, inputs } of layers.toReversed())
    for (const input of inputs)
      depths.set(input.name, Math.max(depths.get(input.name) ?? 0, (depths.get(name) ?? 0) + 1));
  const depthOf = ({ name }: LayerConfig) => depths.get(name) ?? 0;
  return layers.toSorted((a, b) => depthOf(b) - depthOf(a) || met.indexOf(a.name) - met.indexOf(b.name));
}
