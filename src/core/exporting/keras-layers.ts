import type { Activation } from '../network/activations.ts';
import type { GraphNode } from '../network/graph-node.ts';
import type { Initializer, RecurrentInitializer } from '../network/initializers.ts';
import type { Freezable } from '../network/layers/definition.ts';
import type { KernelOptions } from '../network/layers/kernel.ts';
import type { PoolingOptions } from '../network/layers/pooling.ts';
import { type RecurrentOptions, sequenceOf } from '../network/layers/recurrent.ts';
import { type LayerKind, type LayerSpec, type SpecOf, traitsOf } from '../network/layers/registry.ts';
import { patchLayers } from './keras-attention.ts';
import { call, type Keywords, type PythonValue, real, realUnless, unless, verbatim } from './python.ts';

/** What Keras calls the functions and initializers that are called otherwise here. */
const ACTIVATION_NAMES: { readonly [Name in Activation]?: string } = { leakyRelu: 'leaky_relu', swish: 'silu' };

function activationOf({ activation }: { readonly activation: Activation }): string | null {
  return activation === 'linear' ? null : (ACTIVATION_NAMES[activation] ?? activation);
}

function initializerOf(
  initializer: RecurrentInitializer,
  stddev: number,
  usual: Initializer | 'orthogonal',
): PythonValue | null {
  if (initializer === usual) return null;
  if (initializer === 'randomNormal') return verbatim(call('initializers.RandomNormal', [], { stddev: real(stddev) }));
  return initializer.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function regularizerOf({ l1, l2 }: KernelOptions): PythonValue | null {
  if (l1 === 0 && l2 === 0) return null;
  if (l1 === 0) return verbatim(call('regularizers.L2', [real(l2)]));
  return verbatim(
    l2 === 0 ? call('regularizers.L1', [real(l1)]) : call('regularizers.L1L2', [], { l1: real(l1), l2: real(l2) }),
  );
}

/** Start and penalty of kernels, under the names of their arguments. */
function kernelKeywords(spec: KernelOptions, ...names: readonly string[]): Keywords {
  const initializer = initializerOf(spec.kernelInitializer, spec.stddev, 'glorotUniform');
  const regularizer = regularizerOf(spec);
  return Object.fromEntries([
    ...names.map((name) => [`${name}_initializer`, initializer] as const),
    ...names.map((name) => [`${name}_regularizer`, regularizer] as const),
  ]);
}

interface Sliding {
  readonly strides: number;
  readonly padding: string;
  readonly dilationRate: number;
  readonly useBias: boolean;
  readonly activation: Activation;
}

function slidingKeywords(spec: Sliding): Keywords {
  return {
    strides: unless(spec.strides, 1),
    padding: unless(spec.padding, 'valid'),
    dilation_rate: unless(spec.dilationRate, 1),
    activation: activationOf(spec),
    use_bias: unless(spec.useBias, true),
  };
}

/** A frozen layer keeps its weights; a frozen normalisation also uses the statistics that it has. */
function frozenKeyword({ frozen }: Freezable): Keywords {
  return { trainable: unless(!frozen, true) };
}

function poolingKeywords({ poolSize, strides, padding }: PoolingOptions): Keywords {
  return { strides: unless(strides, poolSize), padding: unless(padding, 'valid') };
}

function recurrent(name: string, spec: RecurrentOptions, keywords: Keywords = {}): string {
  const layer = call(`layers.${name}`, [spec.units], {
    ...keywords,
    return_sequences: unless(spec.returnSequences, false),
    recurrent_initializer: initializerOf(spec.recurrentInitializer, 0.05, 'orthogonal'),
    ...kernelKeywords(spec, 'kernel'),
    ...frozenKeyword(spec),
  });
  return spec.bidirectional ? `layers.Bidirectional(${layer})` : layer;
}

/** The expression that makes each kind of layer, defaults of Keras left out. A kind without one does not compile. */
const EXPRESSIONS: { readonly [Kind in LayerKind]: (spec: SpecOf<Kind>) => string } = {
  conv2d: (spec) =>
    call('layers.Conv2D', [spec.filters, spec.kernelSize], {
      ...slidingKeywords(spec),
      ...kernelKeywords(spec, 'kernel'),
      ...frozenKeyword(spec),
    }),
  depthwiseConv2d: (spec) =>
    call('layers.DepthwiseConv2D', [spec.kernelSize], {
      depth_multiplier: unless(spec.depthMultiplier, 1),
      ...slidingKeywords(spec),
      ...kernelKeywords(spec, 'depthwise'),
      ...frozenKeyword(spec),
    }),
  separableConv2d: (spec) =>
    call('layers.SeparableConv2D', [spec.filters, spec.kernelSize], {
      depth_multiplier: unless(spec.depthMultiplier, 1),
      ...slidingKeywords(spec),
      ...kernelKeywords(spec, 'depthwise', 'pointwise'),
      ...frozenKeyword(spec),
    }),
  maxPooling2d: (spec) => call('layers.MaxPooling2D', [spec.poolSize], poolingKeywords(spec)),
  averagePooling2d: (spec) => call('layers.AveragePooling2D', [spec.poolSize], poolingKeywords(spec)),
  globalAveragePooling2d: () => 'layers.GlobalAveragePooling2D()',
  globalAveragePooling1d: () => 'layers.GlobalAveragePooling1D()',
  flatten: () => 'layers.Flatten()',
  reshape: ({ targetShape }) => call('layers.Reshape', [targetShape]),
  dense: (spec) =>
    call('layers.Dense', [spec.units], {
      activation: activationOf(spec),
      use_bias: unless(spec.useBias, true),
      ...kernelKeywords(spec, 'kernel'),
      ...frozenKeyword(spec),
    }),
  dropout: ({ rate }) => call('layers.Dropout', [real(rate)]),
  spatialDropout2d: ({ rate }) => call('layers.SpatialDropout2D', [real(rate)]),
  batchNormalization: (spec) =>
    call('layers.BatchNormalization', [], {
      momentum: realUnless(spec.momentum, 0.99),
      epsilon: realUnless(spec.epsilon, 0.001),
      center: unless(spec.center, true),
      scale: unless(spec.scale, true),
      ...frozenKeyword(spec),
    }),
  layerNormalization: (spec) =>
    call('layers.LayerNormalization', [], {
      epsilon: realUnless(spec.epsilon, 0.001),
      center: unless(spec.center, true),
      scale: unless(spec.scale, true),
      ...frozenKeyword(spec),
    }),
  activation: (spec) => call('layers.Activation', [activationOf(spec) ?? 'linear']),
  add: () => 'layers.Add()',
  concatenate: () => 'layers.Concatenate()',
  // No layer: what it names is used a second time.
  branch: () => '',
  // Several layers: see `kerasLayers`.
  patches: () => '',
  positionEmbedding: (spec) => call('PositionEmbedding', [], frozenKeyword(spec)),
  multiHeadAttention: (spec) =>
    call('layers.MultiHeadAttention', [spec.heads, spec.keySize], {
      dropout: realUnless(spec.dropout, 0),
      ...kernelKeywords(spec, 'kernel'),
      ...frozenKeyword(spec),
    }),
  simpleRnn: (spec) => recurrent('SimpleRNN', spec, { activation: unless(spec.activation, 'tanh') }),
  lstm: (spec) => recurrent('LSTM', spec),
  gru: (spec) => recurrent('GRU', spec),
};

function expressionOf<Kind extends LayerKind>(kind: Kind, spec: SpecOf<Kind>): string {
  return EXPRESSIONS[kind](spec);
}

/** The expressions for one layer, in order: an image becomes a sequence of rows or patches by layers of their own. */
export function kerasLayers({ spec, input }: Pick<GraphNode, 'spec' | 'input'>): readonly string[] {
  if (traitsOf(spec).cutsPatches && 'patchSize' in spec) return patchLayers(spec, input);
  const sequence = traitsOf(spec).readsSequences && input.length === 3 ? sequenceOf(input) : null;
  const rows = sequence === null ? [] : [call('layers.Reshape', [[sequence.steps, sequence.features]])];
  return [...rows, expressionOf(spec.kind, spec)];
}

/** Whether a layer is called with its input twice, as the queries and as what they look at. */
export function takesInputTwice(spec: LayerSpec): boolean {
  return traitsOf(spec).attends;
}
