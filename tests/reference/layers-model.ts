import * as tf from '@tensorflow/tfjs';
import { inputShapeOf } from '../../src/core/dataset/spec.ts';
import type { Activation } from '../../src/core/network/activations.ts';
import type { Graph } from '../../src/core/network/graph.ts';
import type { GraphNode } from '../../src/core/network/graph-node.ts';
import type { RecurrentOptions } from '../../src/core/network/layers/recurrent.ts';
import { isFrozen, type LayerKind, type SpecOf } from '../../src/core/network/layers/registry.ts';

/** The slope of `leakyRelu` below zero, Keras' default for the activation function. */
const LEAKY_SLOPE = 0.2;

/** What tf.layers calls the activations that it can build into a layer; the others need a layer of their own. */
type BuiltIn = Exclude<Activation, 'leakyRelu'>;

type Layer = tf.layers.Layer;

/** The tf.layers of one node, each taking the output of the one before. */
type Twin<Kind extends LayerKind> = (spec: SpecOf<Kind>) => readonly Layer[];

/** What tf.layers has nothing like. */
function withoutTwin(kind: LayerKind): () => never {
  return () => {
    throw new Error(`tf.layers has no layer that does what ${kind} does.`);
  };
}

const TWINS: { readonly [Kind in LayerKind]: Twin<Kind> } = {
  conv2d: (spec) =>
    activated(spec.activation, (activation) =>
      tf.layers.conv2d({
        filters: spec.filters,
        kernelSize: spec.kernelSize,
        strides: spec.strides,
        padding: spec.padding,
        dilationRate: spec.dilationRate,
        useBias: spec.useBias,
        ...penalties(spec),
        activation,
      }),
    ),
  depthwiseConv2d: (spec) =>
    activated(spec.activation, (activation) =>
      tf.layers.depthwiseConv2d({
        kernelSize: spec.kernelSize,
        strides: spec.strides,
        padding: spec.padding,
        dilationRate: spec.dilationRate,
        depthMultiplier: spec.depthMultiplier,
        useBias: spec.useBias,
        activation,
      }),
    ),
  separableConv2d: (spec) =>
    activated(spec.activation, (activation) =>
      tf.layers.separableConv2d({
        filters: spec.filters,
        kernelSize: spec.kernelSize,
        strides: spec.strides,
        padding: spec.padding,
        dilationRate: spec.dilationRate,
        depthMultiplier: spec.depthMultiplier,
        useBias: spec.useBias,
        activation,
      }),
    ),
  averagePooling2d: ({ poolSize, strides, padding }) => [tf.layers.averagePooling2d({ poolSize, strides, padding })],
  globalAveragePooling2d: () => [tf.layers.globalAveragePooling2d({})],
  reshape: ({ targetShape }) => [tf.layers.reshape({ targetShape: [...targetShape] })],
  layerNormalization: ({ epsilon, center, scale }) => [tf.layers.layerNormalization({ epsilon, center, scale })],
  add: () => [tf.layers.add()],
  concatenate: () => [tf.layers.concatenate()],
  branch: () => [],
  spatialDropout2d: withoutTwin('spatialDropout2d'),
  simpleRnn: (spec) => recurrent(spec, tf.layers.simpleRNN({ ...memory(spec), activation: spec.activation })),
  lstm: (spec) => recurrent(spec, tf.layers.lstm({ ...memory(spec), recurrentActivation: 'sigmoid' })),
  // That of tf.layers resets before the product, ours and Keras' after it.
  gru: withoutTwin('gru'),
  globalAveragePooling1d: () => [tf.layers.globalAveragePooling1d({})],
  patches: withoutTwin('patches'),
  positionEmbedding: withoutTwin('positionEmbedding'),
  multiHeadAttention: withoutTwin('multiHeadAttention'),
  maxPooling2d: ({ poolSize, strides, padding }) => [tf.layers.maxPooling2d({ poolSize, strides, padding })],
  flatten: () => [tf.layers.flatten()],
  dense: (spec) =>
    activated(spec.activation, (activation) =>
      tf.layers.dense({ units: spec.units, useBias: spec.useBias, ...penalties(spec), activation }),
    ),
  dropout: ({ rate }) => [tf.layers.dropout({ rate })],
  batchNormalization: ({ momentum, epsilon, center, scale }) => [
    tf.layers.batchNormalization({ momentum, epsilon, center, scale }),
  ],
  activation: (spec) =>
    spec.activation === 'leakyRelu'
      ? [tf.layers.leakyReLU({ alpha: LEAKY_SLOPE })]
      : [tf.layers.activation({ activation: spec.activation })],
};

/**
 * The same network as a tf.layers model, for comparison: its weights are in the graph's order, and start as tf.layers
 * starts them. Input [batch, ...sample], output [batch, classes].
 */
export function layersModelOf(graph: Graph): tf.LayersModel {
  const input = tf.input({ shape: [...inputShapeOf(graph.dataset)] });
  const outputs: tf.SymbolicTensor[] = [];
  for (const node of graph.nodes)
    outputs.push(
      connect(
        node,
        node.inputs.map((i) => outputs[i] ?? input),
      ),
    );
  return tf.model({ inputs: input, outputs: outputs.at(-1) ?? input });
}

function connect(node: GraphNode, inputs: readonly tf.SymbolicTensor[]): tf.SymbolicTensor {
  const [first = [], ...rest] = inputs;
  let output = rest.length === 0 ? first : [...inputs];
  for (const layer of twinOf(node.spec.kind, node.spec)) {
    layer.trainable = !isFrozen(node.spec);
    output = layer.apply(output) as tf.SymbolicTensor;
  }
  return output as tf.SymbolicTensor;
}

function twinOf<Kind extends LayerKind>(kind: Kind, spec: SpecOf<LayerKind>): readonly Layer[] {
  return TWINS[kind](spec as SpecOf<Kind>);
}

function memory({ units, returnSequences }: RecurrentOptions) {
  return { units, returnSequences };
}

function recurrent({ bidirectional }: RecurrentOptions, layer: tf.layers.RNN): readonly Layer[] {
  return bidirectional ? [tf.layers.bidirectional({ layer, mergeMode: 'concat' })] : [layer];
}

function activated(activation: Activation, make: (activation: BuiltIn) => Layer): readonly Layer[] {
  return activation === 'leakyRelu'
    ? [make('linear'), ...TWINS.activation({ kind: 'activation', id: '', off: false, activation })]
    : [make(activation)];
}

function penalties({ l1, l2 }: { readonly l1: number; readonly l2: number }) {
  return l1 === 0 && l2 === 0 ? {} : { kernelRegularizer: tf.regularizers.l1l2({ l1, l2 }) };
}
