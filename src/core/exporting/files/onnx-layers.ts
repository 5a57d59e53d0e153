import { at, last } from '../../at.ts';
import type { Activation } from '../../network/activations.ts';
import type { GraphNode } from '../../network/graph-node.ts';
import type { WeightName } from '../../network/layers/definition.ts';
import type { PoolingOptions } from '../../network/layers/pooling.ts';
import type { LayerKind, SpecOf } from '../../network/layers/registry.ts';
import type { Window } from '../../network/layers/window.ts';
import type { Shape } from '../../network/shape.ts';
import { margins } from '../margins.ts';
import { onnxAttention, onnxPatches } from './onnx-attention.ts';
import type { OnnxGraph } from './onnx-graph.ts';
import { onnxRecurrent } from './onnx-recurrent.ts';
import type { OnnxPlace, OnnxSite } from './onnx-site.ts';
import { OnnxValue } from './onnx-value.ts';
import { filled, permuted, reshaped, type Tensor } from './tensor.ts';

type Writer<Kind extends LayerKind> = (site: OnnxSite<Kind>) => OnnxValue;

/** The one input of most layers. */
function only({ inputs }: Pick<OnnxSite<LayerKind>, 'inputs'>): OnnxValue {
  return at(inputs, 0);
}

/** A weight that the layer is known to have. */
function weightOf({ tensors }: Pick<OnnxSite<LayerKind>, 'tensors'>, name: WeightName): Tensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new RangeError(`The layer has no ${name}.`);
  return tensor;
}

/** A value behind an activation function. */
function activated(
  {
    graph,
    spec,
    last: isLast,
  }: { readonly graph: OnnxGraph; readonly spec: { readonly activation: Activation }; readonly last: boolean },
  value: OnnxValue,
): OnnxValue {
  const { activation } = spec;
  if (isLast || activation === 'linear') return value;
  if (activation === 'softmax') return OnnxValue.last(graph, graph.one('Softmax', [value.last()], { axis: -1 }));
  return value.each((name) => {
    if (activation === 'swish') return graph.one('Mul', [name, graph.one('Sigmoid', [name])]);
    return graph.one(...OPERATORS[activation](name));
  });
}

/** The operators of functions that are one. */
const OPERATORS: {
  readonly [Name in Exclude<Activation, 'linear' | 'softmax' | 'swish'>]: (x: string) => Parameters<OnnxGraph['one']>;
} = {
  relu: (x) => ['Relu', [x]],
  leakyRelu: (x) => ['LeakyRelu', [x], { alpha: { float: 0.2 } }],
  elu: (x) => ['Elu', [x]],
  selu: (x) => ['Selu', [x]],
  gelu: (x) => ['Gelu', [x]],
  sigmoid: (x) => ['Sigmoid', [x]],
  tanh: (x) => ['Tanh', [x]],
  softplus: (x) => ['Softplus', [x]],
};

type Sliding = Pick<SpecOf<'conv2d'>, 'kernelSize' | 'strides' | 'padding' | 'dilationRate'>;

/** A convolution; `kernel` as ONNX has it: [outputs, inputs of a group, height, width]. */
function convolution(
  graph: OnnxGraph,
  value: OnnxValue,
  spec: Sliding,
  {
    kernel,
    bias,
    groups,
    input,
  }: { readonly kernel: Tensor; readonly bias: Tensor | undefined; readonly groups: number; readonly input: Shape },
): string {
  const constants = [kernel, ...(bias === undefined ? [] : [bias])].map((tensor) => graph.constant(tensor));
  return graph.one('Conv', [value.first(), ...constants], {
    kernel_shape: [spec.kernelSize, spec.kernelSize],
    strides: [spec.strides, spec.strides],
    dilations: [spec.dilationRate, spec.dilationRate],
    group: groups,
    pads: padsOf(input, {
      size: spec.kernelSize,
      strides: spec.strides,
      padding: spec.padding,
      dilation: spec.dilationRate,
    }),
  });
}

/** Before height and width, and behind them. */
function padsOf([height = 0, width = 0]: Shape, window: Window): readonly number[] {
  const [down, across] = [margins(height, window), margins(width, window)];
  return [down[0], across[0], down[1], across[1]];
}

/** [height, width, channels, multiplier] becomes [channels * multiplier, 1, height, width]. */
function depthwiseKernel(tensor: Tensor): Tensor {
  const turned = permuted(tensor, [2, 3, 0, 1]);
  const [channels = 0, multiplier = 0, height = 0, width = 0] = turned.shape;
  return reshaped(turned, [channels * multiplier, 1, height, width]);
}

function pooling(operator: string, site: OnnxPlace, options: PoolingOptions): OnnxValue {
  const { graph, input } = site;
  const { poolSize, strides, padding } = options;
  return OnnxValue.first(
    graph,
    graph.one(operator, [only(site).first()], {
      kernel_shape: [poolSize, poolSize],
      strides: [strides, strides],
      pads: padsOf(input, { size: poolSize, strides, padding, dilation: 1 }),
    }),
  );
}

/** Of images by the operator, of rows and sequences as a factor and an offset of each channel. */
function batchNormalization(site: OnnxSite<'batchNormalization'>): OnnxValue {
  const { graph, spec, input, tensors } = site;
  const shape = [last(input)];
  const [gamma, beta] = [tensors.get('gamma') ?? filled(shape, 1), tensors.get('beta') ?? filled(shape, 0)];
  const [mean, variance] = [weightOf(site, 'movingMean'), weightOf(site, 'movingVariance')];
  if (input.length === 3) {
    const constants = [gamma, beta, mean, variance].map((tensor) => graph.constant(tensor));
    const epsilon = { float: spec.epsilon };
    return OnnxValue.first(graph, graph.one('BatchNormalization', [only(site).first(), ...constants], { epsilon }));
  }
  const factor = gamma.values.map((value, i) => value / Math.sqrt(at(variance.values, i) + spec.epsilon));
  const offset = beta.values.map((value, i) => value - at(mean.values, i) * at(factor, i));
  const scaled = graph.one('Mul', [only(site).last(), graph.constant({ shape, values: factor })]);
  return OnnxValue.last(graph, graph.one('Add', [scaled, graph.constant({ shape, values: offset })]));
}

function layerNormalization({ graph, spec, input, inputs, tensors }: OnnxSite<'layerNormalization'>): OnnxValue {
  const shape = [last(input)];
  const [gamma, beta] = [tensors.get('gamma') ?? filled(shape, 1), tensors.get('beta') ?? filled(shape, 0)];
  const constants = [gamma, beta].map((tensor) => graph.constant(tensor));
  const attributes = { axis: -1, epsilon: { float: spec.epsilon } };
  return OnnxValue.last(graph, graph.one('LayerNormalization', [at(inputs, 0).last(), ...constants], attributes));
}

function dense(site: OnnxSite<'dense'>): OnnxValue {
  const { graph, tensors } = site;
  const product = graph.one('MatMul', [only(site).last(), graph.constant(weightOf(site, 'kernel'))]);
  const bias = tensors.get('bias');
  const sum = bias === undefined ? product : graph.one('Add', [product, graph.constant(bias)]);
  return activated(site, OnnxValue.last(graph, sum));
}

/** Two values side by side or one on the other: both with the channels in the same place. */
function joined(
  { graph, inputs, output }: OnnxPlace,
  join: (names: readonly string[], channels: number) => string,
): OnnxValue {
  if (output.length === 3 && inputs.some((value) => value.hasFirst))
    return OnnxValue.first(
      graph,
      join(
        inputs.map((value) => value.first()),
        1,
      ),
    );
  return OnnxValue.last(
    graph,
    join(
      inputs.map((value) => value.last()),
      -1,
    ),
  );
}

/** What each kind of layer is in ONNX. A kind without it does not compile. */
const WRITERS: { readonly [Kind in LayerKind]: Writer<Kind> } = {
  conv2d: (site) => {
    const kernel = permuted(weightOf(site, 'kernel'), [3, 2, 0, 1]);
    const { graph, spec, input, tensors } = site;
    const sum = convolution(graph, only(site), spec, { kernel, bias: tensors.get('bias'), groups: 1, input });
    return activated(site, OnnxValue.first(graph, sum));
  },
  depthwiseConv2d: (site) => {
    const kernel = depthwiseKernel(weightOf(site, 'depthwiseKernel'));
    const { graph, spec, input, tensors } = site;
    const sum = convolution(graph, only(site), spec, { kernel, bias: tensors.get('bias'), groups: last(input), input });
    return activated(site, OnnxValue.first(graph, sum));
  },
  separableConv2d: (site) => {
    const { graph, spec, input, tensors } = site;
    const depthwise = {
      kernel: depthwiseKernel(weightOf(site, 'depthwiseKernel')),
      bias: undefined,
      groups: last(input),
      input,
    };
    const between = OnnxValue.first(graph, convolution(graph, only(site), spec, depthwise));
    const pointwise = {
      kernel: permuted(weightOf(site, 'pointwiseKernel'), [3, 2, 0, 1]),
      bias: tensors.get('bias'),
      groups: 1,
      input,
    };
    const single: Sliding = { kernelSize: 1, strides: 1, padding: 'valid', dilationRate: 1 };
    return activated(site, OnnxValue.first(graph, convolution(graph, between, single, pointwise)));
  },
  maxPooling2d: (site) => pooling('MaxPool', site, site.spec),
  averagePooling2d: (site) => pooling('AveragePool', site, site.spec),
  globalAveragePooling2d: (site) => {
    const { graph } = site;
    const axes = graph.constant({ shape: [2], whole: [1, 2] });
    return OnnxValue.last(graph, graph.one('ReduceMean', [only(site).last(), axes], { keepdims: 0 }));
  },
  globalAveragePooling1d: (site) => {
    const axes = site.graph.constant({ shape: [1], whole: [1] });
    return OnnxValue.last(site.graph, site.graph.one('ReduceMean', [only(site).last(), axes], { keepdims: 0 }));
  },
  flatten: (site) => OnnxValue.last(site.graph, site.graph.one('Flatten', [only(site).last()])),
  reshape: (site) => reshapedTo(site.graph, only(site), site.output),
  dense,
  // What is dropped in training only is nothing here.
  dropout: only,
  spatialDropout2d: only,
  batchNormalization,
  layerNormalization,
  activation: (site) => activated(site, only(site)),
  add: (site) => joined(site, (names) => site.graph.one('Add', names)),
  concatenate: (site) => joined(site, (names, axis) => site.graph.one('Concat', names, { axis })),
  branch: only,
  patches: onnxPatches,
  positionEmbedding: (site) =>
    OnnxValue.last(
      site.graph,
      site.graph.one('Add', [only(site).last(), site.graph.constant(weightOf(site, 'embeddings'))]),
    ),
  multiHeadAttention: onnxAttention,
  simpleRnn: (site) => onnxRecurrent(site, site.spec, only(site)),
  lstm: (site) => onnxRecurrent(site, site.spec, only(site)),
  gru: (site) => onnxRecurrent(site, site.spec, only(site)),
};

/** Values in another shape. */
function reshapedTo(graph: OnnxGraph, value: OnnxValue, shape: Shape): OnnxValue {
  const target = graph.constant({ shape: [shape.length + 1], whole: [-1, ...shape] });
  return OnnxValue.last(graph, graph.one('Reshape', [value.last(), target]));
}

function write<Kind extends LayerKind>(kind: Kind, site: OnnxSite<Kind>): OnnxValue {
  return WRITERS[kind](site);
}

/** The operators of a layer; gives its output. */
export function onnxLayer(
  graph: OnnxGraph,
  { spec, input, output }: GraphNode,
  site: Pick<OnnxSite<LayerKind>, 'inputs' | 'tensors' | 'last'>,
): OnnxValue {
  return write(spec.kind, { graph, spec, input, output, ...site });
}
