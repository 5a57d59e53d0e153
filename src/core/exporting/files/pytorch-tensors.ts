import { at, last } from '../../at.ts';
import type { Graph } from '../../network/graph.ts';
import type { GraphNode } from '../../network/graph-node.ts';
import { kerasNames } from '../../network/keras-names.ts';
import type { WeightName } from '../../network/layers/definition.ts';
import type { Shape } from '../../network/shape.ts';
import {
  filled,
  type LayerTensors,
  type NamedTensor,
  permuted,
  reordered,
  reshaped,
  type Tensor,
  tensorsOf,
} from './tensor.ts';

/** The weights under the names and in the form in which the PyTorch program has them: what its `load_state_dict` takes. */
export function torchTensors(graph: Graph, weights: readonly Float32Array[]): readonly NamedTensor[] {
  const names = kerasNames(graph.nodes.map(({ spec }) => spec));
  const tensors = tensorsOf(graph, weights);
  return graph.nodes.flatMap((node, i) =>
    Object.entries(torchState(node, at(tensors, i))).map(([ending, tensor]) => ({
      name: `${at(names, i)}${ending}`,
      ...tensor,
    })),
  );
}

/** The tensors of a layer in PyTorch, by the endings of their names: `.weight`. */
export type TorchState = Readonly<Record<string, Tensor>>;

/** The state of a layer in PyTorch, by the endings of its name. Only moves numbers, and adds some that are always 0 or 1. */
export function torchState({ spec, input, weights }: GraphNode, tensors: LayerTensors): TorchState {
  if (weights.length === 0) return {};
  const [kernel, bias] = [tensors.get('kernel'), tensors.get('bias')];
  switch (spec.kind) {
    case 'dense':
      return { ...(kernel && { '.weight': permuted(kernel, [1, 0]) }), ...biasOf(bias) };
    case 'conv2d':
      return { ...(kernel && { '.weight': permuted(kernel, [3, 2, 0, 1]) }), ...biasOf(bias) };
    case 'depthwiseConv2d':
      return { ...depthwiseOf(tensors, '.weight'), ...biasOf(bias) };
    case 'separableConv2d': {
      const pointwise = tensors.get('pointwiseKernel');
      return {
        ...depthwiseOf(tensors, '_depthwise.weight'),
        ...(pointwise && { '_pointwise.weight': permuted(pointwise, [3, 2, 0, 1]) }),
        ...biasOf(bias, '_pointwise.bias'),
      };
    }
    case 'batchNormalization':
    case 'layerNormalization':
      return normalisationOf(tensors, [last(input)]);
    case 'positionEmbedding':
      return Object.fromEntries([...tensors].map(([name, tensor]) => [`.${name}`, tensor]));
    case 'multiHeadAttention':
      return Object.fromEntries(
        [...tensors].map(([name, tensor]) =>
          name.endsWith('Kernel')
            ? [`.${name.replace('Kernel', '.weight')}`, permuted(tensor, [1, 0])]
            : [`.${name.replace('Bias', '.bias')}`, tensor],
        ),
      );
    case 'simpleRnn':
    case 'lstm':
    case 'gru':
      return {
        ...recurrentOf(spec.kind, tensors, FORWARD, ''),
        ...recurrentOf(spec.kind, tensors, BACKWARD, '_reverse'),
      };
    default:
      return {};
  }
}

function biasOf(bias: Tensor | undefined, ending = '.bias'): TorchState {
  return bias === undefined ? {} : { [ending]: bias };
}

/** [height, width, channels, multiplier] becomes [channels * multiplier, 1, height, width]. */
function depthwiseOf(tensors: LayerTensors, ending: string): TorchState {
  const kernel = tensors.get('depthwiseKernel');
  if (kernel === undefined) return {};
  const turned = permuted(kernel, [2, 3, 0, 1]);
  const [channels = 0, multiplier = 0, height = 0, width = 0] = turned.shape;
  return { [ending]: reshaped(turned, [channels * multiplier, 1, height, width]) };
}

/** PyTorch has factor and offset, or neither; where Keras has one of them, the other changes nothing. */
function normalisationOf(tensors: LayerTensors, shape: Shape): TorchState {
  const [gamma, beta] = [tensors.get('gamma'), tensors.get('beta')];
  const [mean, variance] = [tensors.get('movingMean'), tensors.get('movingVariance')];
  return {
    ...((gamma ?? beta) && { '.weight': gamma ?? filled(shape, 1), '.bias': beta ?? filled(shape, 0) }),
    ...(mean && { '.running_mean': mean }),
    ...(variance && { '.running_var': variance }),
  };
}

/** The names of the weights of a direction. */
type Direction = readonly [kernel: WeightName, recurrent: WeightName, bias: WeightName];

const FORWARD: Direction = ['kernel', 'recurrentKernel', 'bias'];
const BACKWARD: Direction = ['backwardKernel', 'backwardRecurrentKernel', 'backwardBias'];

/** Keras has the update gate of a GRU first, PyTorch the reset gate; those of an LSTM are in the same order. */
const GATES: { readonly gru: readonly number[] } = { gru: [1, 0, 2] };

function recurrentOf(
  kind: 'simpleRnn' | 'lstm' | 'gru',
  tensors: LayerTensors,
  names: Direction,
  way: string,
): TorchState {
  const [kernel, recurrent, bias] = names.map((name) => tensors.get(name));
  if (kernel === undefined || recurrent === undefined || bias === undefined) return {};
  const inOrder = (tensor: Tensor) => (kind === 'gru' ? reordered(tensor, GATES.gru) : tensor);
  const [first, second] = biasesOf(inOrder(bias));
  return {
    [`.weight_ih_l0${way}`]: permuted(inOrder(kernel), [1, 0]),
    [`.weight_hh_l0${way}`]: permuted(inOrder(recurrent), [1, 0]),
    [`.bias_ih_l0${way}`]: first,
    [`.bias_hh_l0${way}`]: second,
  };
}

/** PyTorch has two biases always, Keras in a GRU only. */
function biasesOf(bias: Tensor): readonly [Tensor, Tensor] {
  const { shape, values } = bias;
  const width = last(shape);
  if (shape.length === 1) return [bias, filled([width], 0)];
  return [
    { shape: [width], values: values.subarray(0, width) },
    { shape: [width], values: values.subarray(width) },
  ];
}
