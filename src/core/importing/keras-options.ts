import { ACTIVATIONS } from '../network/activations.ts';
import { INITIALIZERS, RECURRENT_INITIALIZERS } from '../network/initializers.ts';
import type { LayerKind } from '../network/layers/registry.ts';
import { type Fields, fieldsOf, listOf, textOf } from './keras-json.ts';

/** A layer of the builder: its kind, and options that are not checked yet. Or what the builder does not have. */
export type ReadLayer =
  | { readonly kind: LayerKind; readonly options: Readonly<Record<string, unknown>> }
  | { readonly lacks: string };

/** Thrown for a part of a layer that the builder does not have; the message names it. */
class Lacking extends Error {}

/** A layer of Keras as the builder has it. */
export function readLayer(className: string, config: Fields): ReadLayer {
  const read = READERS.get(className);
  if (read === undefined) return { lacks: className };
  try {
    const [kind, options] = read(config);
    return { kind, options: { ...options, ...frozenOf(config, kind) } };
  } catch (error) {
    if (error instanceof Lacking) return { lacks: `${className} ${error.message}` };
    throw error;
  }
}

type Options = Readonly<Record<string, unknown>>;
type Reader = (config: Fields) => readonly [LayerKind, Options];

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'Conv2D',
    (config) => ['conv2d', { filters: config.get('filters'), ...sliding(config), ...kernel(config, 'kernel') }],
  ],
  [
    'DepthwiseConv2D',
    (config) => ['depthwiseConv2d', { ...multiplied(config), ...sliding(config), ...kernel(config, 'depthwise') }],
  ],
  [
    'SeparableConv2D',
    (config) => [
      'separableConv2d',
      { filters: config.get('filters'), ...multiplied(config), ...sliding(config), ...kernel(config, 'depthwise') },
    ],
  ],
  ['MaxPooling2D', (config) => ['maxPooling2d', pooling(config)]],
  ['AveragePooling2D', (config) => ['averagePooling2d', pooling(config)]],
  ['GlobalAveragePooling2D', (config) => ['globalAveragePooling2d', plainImage(config)]],
  ['GlobalAveragePooling1D', (config) => ['globalAveragePooling1d', plainImage(config)]],
  ['Flatten', (config) => ['flatten', plainImage(config)]],
  ['Reshape', (config) => ['reshape', { targetShape: config.get('target_shape') }]],
  [
    'Dense',
    (config) => [
      'dense',
      { units: config.get('units'), activation: activation(config), ...bias(config), ...kernel(config, 'kernel') },
    ],
  ],
  ['Dropout', (config) => ['dropout', { rate: config.get('rate') }]],
  ['SpatialDropout2D', (config) => ['spatialDropout2d', { rate: config.get('rate') }]],
  ['BatchNormalization', (config) => ['batchNormalization', { ...given(config, 'momentum'), ...normalising(config) }]],
  ['LayerNormalization', (config) => ['layerNormalization', normalising(config)]],
  ['Activation', (config) => ['activation', { activation: activation(config) }]],
  ['ReLU', () => ['activation', { activation: 'relu' }]],
  ['Softmax', () => ['activation', { activation: 'softmax' }]],
  ['LeakyReLU', leaky],
  ['Add', () => ['add', {}]],
  ['Concatenate', () => ['concatenate', {}]],
  ['SimpleRNN', (config) => ['simpleRnn', { activation: activation(config), ...recurrent(config) }]],
  ['LSTM', (config) => ['lstm', { ...usualCell(config), ...recurrent(config) }]],
  ['GRU', gru],
  ['Bidirectional', bidirectional],
]);

function given(config: Fields, name: string, option = name): Options {
  const value = config.get(name);
  return value === undefined ? {} : { [option]: value };
}

function bias(config: Fields): Options {
  return given(config, 'use_bias', 'useBias');
}

function multiplied(config: Fields): Options {
  return given(config, 'depth_multiplier', 'depthMultiplier');
}

function frozenOf(config: Fields, kind: LayerKind): Options {
  const canFreeze = !UNFROZEN.has(kind);
  return config.get('trainable') === false && canFreeze ? { frozen: true } : {};
}

const UNFROZEN: ReadonlySet<LayerKind> = new Set<LayerKind>([
  'maxPooling2d',
  'averagePooling2d',
  'globalAveragePooling2d',
  'globalAveragePooling1d',
  'flatten',
  'reshape',
  'dropout',
  'spatialDropout2d',
  'activation',
  'add',
  'concatenate',
]);

function plainImage(config: Fields): Options {
  if (config.get('data_format') === 'channels_first') throw new Lacking('with channels first');
  return {};
}

/** The side of a square window, or its step. */
function side(config: Fields, name: string): unknown {
  const value = config.get(name);
  const [height, width] = listOf(value);
  if (!Array.isArray(value)) return value;
  if (height !== width) throw new Lacking(`with ${name} of two lengths`);
  return height;
}

function sliding(config: Fields): Options {
  plainImage(config);
  const groups = config.get('groups') ?? 1;
  if (groups !== 1) throw new Lacking('in groups');
  return {
    kernelSize: side(config, 'kernel_size'),
    strides: side(config, 'strides') ?? 1,
    padding: config.get('padding') ?? 'valid',
    dilationRate: side(config, 'dilation_rate') ?? 1,
    activation: activation(config),
    ...bias(config),
  };
}

function pooling(config: Fields): Options {
  plainImage(config);
  const poolSize = side(config, 'pool_size');
  return { poolSize, strides: side(config, 'strides') ?? poolSize, padding: config.get('padding') ?? 'valid' };
}

function normalising(config: Fields): Options {
  return { ...given(config, 'epsilon'), ...given(config, 'center'), ...given(config, 'scale') };
}

/** Names in the spelling of the builder: `leaky_relu` is `leakyRelu`, `silu` is `swish`. */
function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function activation(config: Fields): string {
  const value = config.get('activation') ?? 'linear';
  const name = textOf(value) ?? textOf(fieldsOf(value).get('class_name')) ?? 'unknown';
  const own = camel(name === 'silu' ? 'swish' : name);
  if (!ACTIVATIONS.some((known) => known === own)) throw new Lacking(`with the activation ${name}`);
  return own;
}

function leaky(config: Fields): readonly [LayerKind, Options] {
  const slope = config.get('negative_slope') ?? config.get('alpha') ?? 0.3;
  if (typeof slope !== 'number' || Math.abs(slope - 0.2) > 1e-6) throw new Lacking('with a slope other than 0.2');
  return ['activation', { activation: 'leakyRelu' }];
}

/** How a kernel starts, and its penalties. */
function kernel(config: Fields, name: string): Options {
  return { ...initializer(config.get(`${name}_initializer`)), ...penalties(config.get(`${name}_regularizer`)) };
}

function initializer(value: unknown): Options {
  if (value === undefined || value === null) return {};
  const fields = fieldsOf(value);
  const own = fieldsOf(fields.get('config'));
  const className = textOf(value) ?? textOf(fields.get('class_name')) ?? 'unknown';
  const name = className === 'VarianceScaling' ? scaling(own) : lowered(camel(className));
  if (!INITIALIZERS.some((known) => known === name)) throw new Lacking(`with the initializer ${className}`);
  return { kernelInitializer: name, ...(name === 'randomNormal' && given(own, 'stddev')) };
}

function lowered(name: string): string {
  return `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
}

/** The name of an initializer that tfjs writes as its general form. */
function scaling(config: Fields): string {
  const mode = config.get('mode');
  const shape = config.get('distribution') === 'uniform' ? 'Uniform' : 'Normal';
  if (config.get('scale') === 1 && mode === 'fan_avg') return `glorot${shape}`;
  if (mode !== 'fan_in') return 'unknown';
  return config.get('scale') === 2 ? `he${shape}` : `lecun${shape}`;
}

function penalties(value: unknown): Options {
  if (value === undefined || value === null) return {};
  const config = fieldsOf(fieldsOf(value).get('config'));
  return { l1: config.get('l1') ?? 0, l2: config.get('l2') ?? 0 };
}

function recurrent(config: Fields): Options {
  if (config.get('go_backwards') === true) throw new Lacking('that only reads backwards');
  if ((config.get('dropout') ?? 0) !== 0 || (config.get('recurrent_dropout') ?? 0) !== 0)
    throw new Lacking('with dropout of its own');
  if (config.get('use_bias') === false) throw new Lacking('without bias');
  const { kernelInitializer: start } = initializerBetween(config.get('recurrent_initializer'));
  return {
    units: config.get('units'),
    returnSequences: config.get('return_sequences') ?? false,
    ...kernel(config, 'kernel'),
    ...(start !== undefined && { recurrentInitializer: start }),
  };
}

function initializerBetween(value: unknown): { readonly kernelInitializer?: unknown } {
  const name = textOf(value) ?? textOf(fieldsOf(value).get('class_name'));
  if (name === null) return {};
  const own = lowered(camel(name));
  if (RECURRENT_INITIALIZERS.some((known) => known === own)) return { kernelInitializer: own };
  return initializer(value);
}

/** Gates with the functions that the builder's cells have. */
function usualCell(config: Fields): Options {
  if (activation(config) !== 'tanh') throw new Lacking('with an activation other than tanh');
  if ((config.get('recurrent_activation') ?? 'sigmoid') !== 'sigmoid')
    throw new Lacking('with gates other than sigmoid');
  return {};
}

function gru(config: Fields): readonly [LayerKind, Options] {
  if (config.get('reset_after') === false) throw new Lacking('with the reset gate before the product');
  return ['gru', { ...usualCell(config), ...recurrent(config) }];
}

function bidirectional(config: Fields): readonly [LayerKind, Options] {
  if ((config.get('merge_mode') ?? 'concat') !== 'concat') throw new Lacking('that does not concatenate');
  const layer = fieldsOf(config.get('layer'));
  const name = textOf(layer.get('class_name')) ?? 'nothing';
  const read = RECURRENT.has(name) ? READERS.get(name) : undefined;
  if (read === undefined) throw new Lacking(`of ${name}`);
  const [kind, options] = read(fieldsOf(layer.get('config')));
  return [kind, { ...options, bidirectional: true }];
}

const RECURRENT: ReadonlySet<string> = new Set(['SimpleRNN', 'LSTM', 'GRU']);
