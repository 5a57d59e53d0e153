import { at, last } from '../at.ts';
import type { Activation } from '../network/activations.ts';
import type { GraphNode } from '../network/graph-node.ts';
import type { PoolingOptions } from '../network/layers/pooling.ts';
import { type RecurrentOptions, sequenceOf } from '../network/layers/recurrent.ts';
import type { LayerKind } from '../network/layers/registry.ts';
import type { Padding, Window } from '../network/layers/window.ts';
import type { Shape } from '../network/shape.ts';
import { margins } from './margins.ts';
import { call, type Keywords, type PythonValue, real, realUnless, unless } from './python.ts';
import { multiHeadAttention, patches, positionEmbedding } from './pytorch-attention.ts';
import {
  channelsFirst,
  channelsLast,
  expression,
  plain,
  type TorchLayer,
  type TorchSite,
  type Writer,
} from './pytorch-site.ts';

const FUNCTIONS: { readonly [Name in Activation]: (x: string, axis: number) => string } = {
  linear: (x) => x,
  relu: (x) => `F.relu(${x})`,
  leakyRelu: (x) => `F.leaky_relu(${x}, 0.2)`,
  elu: (x) => `F.elu(${x})`,
  selu: (x) => `F.selu(${x})`,
  gelu: (x) => `F.gelu(${x})`,
  swish: (x) => `F.silu(${x})`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  softplus: (x) => `F.softplus(${x})`,
  softmax: (x, axis) => `F.softmax(${x}, dim=${axis})`,
};

/** The activation of a layer around an expression; that of the last layer is left to the loss. */
function activated(
  {
    spec,
    output,
    last,
  }: Pick<TorchSite<'activation'>, 'output' | 'last'> & { readonly spec: { readonly activation: Activation } },
  x: string,
): string {
  if (last) return x;
  return FUNCTIONS[spec.activation](x, output.length === 3 ? 1 : -1);
}

/** Padding as an argument where both sides are alike, else as a step of its own before the window. */
function paddingOf([height = 0, width = 0]: Shape, window: Window, filler = '0') {
  const [top, bottom] = margins(height, window);
  const [left, right] = margins(width, window);
  const even = top === bottom && left === right && 2 * top <= window.size && 2 * left <= window.size;
  const argument: PythonValue | null = !even || top + left === 0 ? null : top === left ? top : [top, left];
  const value = filler === '0' ? '' : `, value=${filler}`;
  const before = (x: string) => (even ? x : `F.pad(${x}, (${left}, ${right}, ${top}, ${bottom})${value})`);
  return { argument, before };
}

interface ConvolutionSpec {
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: Padding;
  readonly dilationRate: number;
  readonly activation: Activation;
  readonly useBias: boolean;
}

function windowOf(spec: ConvolutionSpec): Window {
  return { size: spec.kernelSize, strides: spec.strides, padding: spec.padding, dilation: spec.dilationRate };
}

function convolution(
  site: { spec: ConvolutionSpec; input: Shape; output: Shape; last: boolean },
  outputs: number,
  groups: number,
): TorchLayer {
  const { spec, input } = site;
  const { argument, before } = paddingOf(input, windowOf(spec));
  const module = call('nn.Conv2d', [at(input, 2), outputs, spec.kernelSize], {
    stride: unless(spec.strides, 1),
    padding: argument,
    dilation: unless(spec.dilationRate, 1),
    groups: unless(groups, 1),
    bias: unless(spec.useBias, true),
  });
  return {
    modules: { '': module },
    kernels: ['.weight'],
    forward: ([x = 'x'], self) => activated(site, `${self()}(${before(x)})`),
  };
}

function pooling(name: string, spec: PoolingOptions, input: Shape, filler: string): TorchLayer {
  const window = { size: spec.poolSize, strides: spec.strides, padding: spec.padding, dilation: 1 };
  const { argument, before } = paddingOf(input, window, filler);
  const counted = name === 'nn.AvgPool2d' && argument !== null ? false : null;
  const module = call(name, [spec.poolSize], {
    stride: unless(spec.strides, spec.poolSize),
    padding: argument,
    count_include_pad: counted,
  });
  return { modules: { '': module }, forward: ([x = 'x'], self) => `${self()}(${before(x)})` };
}

/** Pixels that padding adds do not count: the mean is divided by that of an image of ones. */
function averagePooling({ spec, input }: TorchSite<'averagePooling2d'>): TorchLayer {
  const layer = pooling('nn.AvgPool2d', spec, input, '0');
  const { before } = paddingOf(input, {
    size: spec.poolSize,
    strides: spec.strides,
    padding: spec.padding,
    dilation: 1,
  });
  if (before('x') === 'x') return layer;
  return {
    ...layer,
    forward: ([x = 'x'], self) => `${self()}(${before(x)}) / ${self()}(${before(`torch.ones_like(${x})`)})`,
  };
}

/** Batch normalisation by the number of axes: PyTorch wants the channels of a sequence in the middle. */
function batchNormalization({ spec, input }: TorchSite<'batchNormalization'>): TorchLayer {
  const momentum = Number((1 - spec.momentum).toPrecision(6));
  const keywords = {
    eps: real(spec.epsilon),
    momentum: realUnless(momentum, 0.1),
    affine: unless(spec.scale || spec.center, true),
  };
  const name = input.length === 3 ? 'nn.BatchNorm2d' : 'nn.BatchNorm1d';
  const layer = { ...plain(call(name, [last(input)], keywords)), frozen: frozenOf(spec) };
  if (input.length !== 2) return layer;
  return { ...layer, forward: ([x = 'x'], self) => `${self()}(${x}.transpose(1, 2)).transpose(1, 2)` };
}

/** PyTorch trains factor and offset, or neither. */
function frozenOf({ scale, center }: { readonly scale: boolean; readonly center: boolean }): readonly string[] {
  if (scale === center) return [];
  return scale ? ['.bias'] : ['.weight'];
}

function layerNormalization({ spec, input }: TorchSite<'layerNormalization'>): TorchLayer {
  const layer = plain(
    call('nn.LayerNorm', [last(input)], {
      eps: real(spec.epsilon),
      elementwise_affine: unless(spec.scale || spec.center, true),
    }),
  );
  return {
    ...layer,
    frozen: frozenOf(spec),
    forward: ([x = 'x'], self) => channelsFirst(`${self()}(${channelsLast(x, input)})`, input),
  };
}

function dense(site: TorchSite<'dense'>): TorchLayer {
  const { spec, input } = site;
  const module = call('nn.Linear', [last(input), spec.units], { bias: unless(spec.useBias, true) });
  return {
    modules: { '': module },
    kernels: ['.weight'],
    forward: ([x = 'x'], self) => activated(site, channelsFirst(`${self()}(${channelsLast(x, input)})`, input)),
  };
}

/** The functions that `nn.RNN` has; the program brings a layer of its own for the others. */
const BUILT_IN_CELLS: ReadonlySet<string> = new Set(['tanh', 'relu']);

/** A recurrent layer gives every step and its last state, both ways one behind the other; rows of an image are steps. */
function recurrent(
  name: string,
  { spec, input }: { readonly spec: RecurrentOptions; readonly input: Shape },
  keywords: Keywords = {},
): TorchLayer {
  const features = sequenceOf(input)?.features ?? 0;
  const module = call(name, [features, spec.units], {
    ...keywords,
    batch_first: true,
    bidirectional: unless(spec.bidirectional, false),
  });
  const ways = spec.bidirectional ? ['', '_reverse'] : [''];
  const state = name === 'nn.LSTM' ? '[1][0]' : '[1]';
  const last = (all: string) => (spec.bidirectional ? `torch.cat([*${all}], -1)` : `${all}[-1]`);
  return {
    modules: { '': module },
    kernels: ways.map((way) => `.weight_ih_l0${way}`),
    // Keras has one bias here, and two in a GRU.
    frozen: name === 'nn.GRU' ? [] : ways.map((way) => `.bias_hh_l0${way}`),
    forward: ([x = 'x'], self) => {
      const read = `${self()}(${input.length === 3 ? `${channelsLast(x, input)}.flatten(2)` : x})`;
      return spec.returnSequences ? `${read}[0]` : last(`${read}${state}`);
    },
  };
}

/** What each kind of layer is in PyTorch. A kind without it does not compile. */
const WRITERS: { readonly [Kind in LayerKind]: Writer<Kind> } = {
  conv2d: (site) => convolution(site, site.spec.filters, 1),
  depthwiseConv2d: (site) => convolution(site, at(site.output, 2), at(site.input, 2)),
  separableConv2d: (site) => {
    const { spec, input } = site;
    const middle = at(input, 2) * spec.depthMultiplier;
    const depthwise = convolution(
      { ...site, spec: { ...spec, useBias: false, activation: 'linear' } },
      middle,
      at(input, 2),
    );
    const pointwise = call('nn.Conv2d', [middle, spec.filters, 1], { bias: unless(spec.useBias, true) });
    return {
      modules: { _depthwise: depthwise.modules[''] ?? '', _pointwise: pointwise },
      kernels: ['_depthwise.weight', '_pointwise.weight'],
      forward: (inputs, self) =>
        activated(site, `${self('_pointwise')}(${depthwise.forward(inputs, () => self('_depthwise'))})`),
    };
  },
  maxPooling2d: ({ spec, input }) => pooling('nn.MaxPool2d', spec, input, 'float("-inf")'),
  averagePooling2d: averagePooling,
  globalAveragePooling2d: () => expression((x) => `${x}.mean((2, 3))`),
  globalAveragePooling1d: () => expression((x) => `${x}.mean(1)`),
  flatten: ({ input }) => expression((x) => `${channelsLast(x, input)}.flatten(1)`),
  reshape: ({ spec: { targetShape }, input }) =>
    expression((x) => channelsFirst(`${channelsLast(x, input)}.reshape(-1, ${targetShape.join(', ')})`, targetShape)),
  dense,
  dropout: ({ spec }) => plain(call('nn.Dropout', [real(spec.rate)])),
  spatialDropout2d: ({ spec }) => plain(call('nn.Dropout2d', [real(spec.rate)])),
  batchNormalization,
  layerNormalization,
  activation: (site) => expression((x) => activated(site, x)),
  add: () => expression((x, other) => `${x} + ${other}`),
  concatenate: ({ input }) => expression((x, other) => `torch.cat([${x}, ${other}], ${input.length === 3 ? 1 : -1})`),
  // No layer: what it names is used a second time.
  branch: () => expression((x) => x),
  patches,
  positionEmbedding,
  multiHeadAttention,
  simpleRnn: (site) => {
    const { activation } = site.spec;
    const name = BUILT_IN_CELLS.has(activation) ? 'nn.RNN' : 'ElmanRNN';
    return recurrent(name, site, { nonlinearity: unless(activation, 'tanh') });
  },
  lstm: (site) => recurrent('nn.LSTM', site),
  gru: (site) => recurrent('nn.GRU', site),
};

function write<Kind extends LayerKind>(kind: Kind, site: TorchSite<Kind>): TorchLayer {
  return WRITERS[kind](site);
}

/** A layer as PyTorch has it. */
export function torchLayer({ spec, input, output }: GraphNode, last: boolean): TorchLayer {
  return write(spec.kind, { spec, input, output, last });
}
