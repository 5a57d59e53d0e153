import { at } from '../../at.ts';
import { inputShapeOf } from '../../dataset/spec.ts';
import type { Activation } from '../../network/activations.ts';
import type { Graph } from '../../network/graph.ts';
import type { GraphNode } from '../../network/graph-node.ts';
import { isAlias, kerasClass, kerasNames, snakeCase } from '../../network/keras-names.ts';
import type { KernelOptions } from '../../network/layers/kernel.ts';
import { patchGrid } from '../../network/layers/patches.ts';
import type { PoolingOptions } from '../../network/layers/pooling.ts';
import { type RecurrentOptions, sequenceOf } from '../../network/layers/recurrent.ts';
import { isFrozen, type LayerKind, type SpecOf, traitsOf } from '../../network/layers/registry.ts';
import type { Shape } from '../../network/shape.ts';
import { takesInputTwice } from '../keras-layers.ts';

/** JSON text that is to be. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A layer as Keras describes it. */
export interface LayerConfig {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, Json>>;
  /** The names of the layers whose outputs it takes, and the shapes of those. */
  readonly inputs: readonly { readonly name: string; readonly shape: Shape }[];
  /** The node that its weights belong to; null for a layer that stands before another one only to give it its form. */
  readonly node: GraphNode | null;
}

/** What Keras 3 and tfjs write in different ways. */
export interface Dialect {
  readonly activation: (activation: Activation) => string;
  /** A layer as part of another one. */
  readonly inner: (className: string, config: Readonly<Record<string, Json>>) => Json;
  /** An object of a class in one of the modules of Keras. */
  readonly object: (module: string, className: string, config: Readonly<Record<string, Json>>) => Json;
}

/** The name of the input. */
export const INPUT_NAME = 'image_or_row';

/** The layers of a graph as Keras describes them, and the name of the layer whose output is that of the network. */
export function layerConfigs(graph: Graph, dialect: Dialect): { layers: readonly LayerConfig[]; output: string } {
  const names = kerasNames(graph.nodes.map(({ spec }) => spec));
  const outputs: { name: string; shape: Shape }[] = [];
  const input = { name: INPUT_NAME, shape: inputShapeOf(graph.dataset) };
  const outputOf = (position: number) => (position < 0 ? input : (outputs[position] ?? input));
  const layers = graph.nodes.flatMap((node, i): readonly LayerConfig[] => {
    const sources = node.inputs.map(outputOf);
    const name = at(names, i);
    if (isAlias(node.spec)) {
      outputs.push(sources[0] ?? input);
      return [];
    }
    outputs.push({ name, shape: node.output });
    const before = formedBefore(node, name);
    const own = { className: kerasClass(node.spec), name, node, config: configOf(node.spec.kind, node.spec, dialect) };
    const config = { ...own.config, name, ...(node.weights.length > 0 && { trainable: !isFrozen(node.spec) }) };
    const given = before.at(-1);
    const chain = before.map((layer, place) => {
      const from = before[place - 1];
      return { ...layer, inputs: from === undefined ? sources : [from] };
    });
    if (isPatched(node)) return chain;
    const taken = given === undefined ? sources : [given];
    return [...chain, { ...own, config, inputs: takesInputTwice(node.spec) ? [...taken, ...taken] : taken }];
  });
  return { layers, output: outputOf(graph.nodes.length - 1).name };
}

/** A layer that only gives what it takes another form, and that form. */
interface Former extends Pick<LayerConfig, 'className' | 'name' | 'config' | 'node'> {
  readonly shape: Shape;
}

/** The layers that bring an image into the form that a layer reads: rows, or patches, which are no layer of their own. */
function formedBefore({ spec, input }: GraphNode, name: string): readonly Former[] {
  const reshape = (own: string, shape: Shape): Former => ({
    className: 'Reshape',
    name: own,
    config: { name: own, target_shape: shape },
    node: null,
    shape,
  });
  if (traitsOf(spec).cutsPatches && 'patchSize' in spec) {
    const { patchSize: size } = spec;
    const [rows, columns] = patchGrid(spec, input);
    const line = size * (input[2] ?? 1);
    const turned: Former = {
      className: 'Permute',
      name: `${name}_turned`,
      config: { name: `${name}_turned`, dims: [1, 3, 2, 4] },
      node: null,
      shape: [rows, columns, size, line],
    };
    return [
      reshape(`${name}_lines`, [rows, size, columns, line]),
      turned,
      reshape(name, [rows * columns, size * line]),
    ];
  }
  const sequence = traitsOf(spec).readsSequences && input.length === 3 ? sequenceOf(input) : null;
  return sequence === null ? [] : [reshape(`${name}_rows`, [sequence.steps, sequence.features])];
}

function isPatched({ spec }: GraphNode): boolean {
  return traitsOf(spec).cutsPatches;
}

type Config = Readonly<Record<string, Json>>;

/** The options of each kind of layer under the names that Keras has for them. A kind without them does not compile. */
const CONFIGS: { readonly [Kind in LayerKind]: (spec: SpecOf<Kind>, dialect: Dialect) => Config } = {
  conv2d: (spec, dialect) => ({ ...sliding(spec, dialect), filters: spec.filters, ...kernel(spec, dialect, 'kernel') }),
  depthwiseConv2d: (spec, dialect) => ({
    ...sliding(spec, dialect),
    depth_multiplier: spec.depthMultiplier,
    ...kernel(spec, dialect, 'depthwise'),
  }),
  separableConv2d: (spec, dialect) => ({
    ...sliding(spec, dialect),
    filters: spec.filters,
    depth_multiplier: spec.depthMultiplier,
    ...kernel(spec, dialect, 'depthwise'),
    ...kernel(spec, dialect, 'pointwise'),
  }),
  maxPooling2d: pooling,
  averagePooling2d: pooling,
  globalAveragePooling2d: () => ({ data_format: 'channels_last' }),
  globalAveragePooling1d: () => ({ data_format: 'channels_last' }),
  flatten: () => ({ data_format: 'channels_last' }),
  reshape: ({ targetShape }) => ({ target_shape: targetShape }),
  dense: (spec, dialect) => ({
    units: spec.units,
    activation: dialect.activation(spec.activation),
    use_bias: spec.useBias,
    ...kernel(spec, dialect, 'kernel'),
  }),
  dropout: ({ rate }) => ({ rate }),
  spatialDropout2d: ({ rate }) => ({ rate }),
  batchNormalization: ({ momentum, epsilon, center, scale }) => ({ axis: -1, momentum, epsilon, center, scale }),
  layerNormalization: ({ epsilon, center, scale }) => ({ axis: -1, epsilon, center, scale }),
  activation: ({ activation }, dialect) => ({ activation: dialect.activation(activation) }),
  add: () => ({}),
  concatenate: () => ({ axis: -1 }),
  branch: () => ({}),
  patches: () => ({}),
  positionEmbedding: () => ({}),
  multiHeadAttention: (spec, dialect) => ({
    num_heads: spec.heads,
    key_dim: spec.keySize,
    dropout: spec.dropout,
    ...kernel(spec, dialect, 'kernel'),
  }),
  simpleRnn: (spec, dialect) =>
    recurrent('SimpleRNN', spec, { activation: dialect.activation(spec.activation) }, dialect),
  lstm: (spec, dialect) =>
    recurrent('LSTM', spec, { activation: 'tanh', recurrent_activation: 'sigmoid', unit_forget_bias: true }, dialect),
  gru: (spec, dialect) =>
    recurrent('GRU', spec, { activation: 'tanh', recurrent_activation: 'sigmoid', reset_after: true }, dialect),
};

function configOf<Kind extends LayerKind>(kind: Kind, spec: SpecOf<Kind>, dialect: Dialect): Config {
  return CONFIGS[kind](spec, dialect);
}

function sliding(
  spec: Pick<SpecOf<'conv2d'>, 'kernelSize' | 'strides' | 'padding' | 'dilationRate' | 'activation' | 'useBias'>,
  dialect: Dialect,
): Config {
  return {
    kernel_size: [spec.kernelSize, spec.kernelSize],
    strides: [spec.strides, spec.strides],
    padding: spec.padding,
    data_format: 'channels_last',
    dilation_rate: [spec.dilationRate, spec.dilationRate],
    activation: dialect.activation(spec.activation),
    use_bias: spec.useBias,
  };
}

function pooling({ poolSize, strides, padding }: PoolingOptions): Config {
  return { pool_size: [poolSize, poolSize], strides: [strides, strides], padding, data_format: 'channels_last' };
}

/** How a kernel starts, and its penalties. */
function kernel(spec: KernelOptions, dialect: Dialect, name: string): Config {
  const { l1, l2 } = spec;
  return {
    [`${name}_initializer`]: initializer(spec.kernelInitializer, spec.stddev, dialect),
    ...((l1 > 0 || l2 > 0) && { [`${name}_regularizer`]: dialect.object('regularizers', 'L1L2', { l1, l2 }) }),
  };
}

function initializer(name: string, stddev: number, dialect: Dialect): Json {
  if (name === 'randomNormal') return dialect.object('initializers', 'RandomNormal', { mean: 0, stddev, seed: null });
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function recurrent(className: string, spec: RecurrentOptions, functions: Config, dialect: Dialect): Config {
  const config: Config = {
    units: spec.units,
    ...functions,
    use_bias: true,
    return_sequences: spec.returnSequences,
    ...kernel(spec, dialect, 'kernel'),
    recurrent_initializer: initializer(spec.recurrentInitializer, 0.05, dialect),
  };
  if (!spec.bidirectional) return config;
  return { merge_mode: 'concat', layer: dialect.inner(className, { ...config, name: snakeCase(className) }) };
}
