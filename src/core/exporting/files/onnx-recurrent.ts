import { at, last } from '../../at.ts';
import type { WeightName } from '../../network/layers/definition.ts';
import { sequenceOf } from '../../network/layers/recurrent.ts';
import type { SpecOf } from '../../network/layers/registry.ts';
import { type Shape, sizeOf } from '../../network/shape.ts';
import type { Attributes } from './onnx-graph.ts';
import type { OnnxPlace } from './onnx-site.ts';
import { OnnxValue } from './onnx-value.ts';
import { permuted, reordered, type Tensor } from './tensor.ts';

type RecurrentKind = 'simpleRnn' | 'lstm' | 'gru';

const OPERATORS = { simpleRnn: 'RNN', lstm: 'LSTM', gru: 'GRU' } as const;

/** Where ONNX has the parts of a kernel, which Keras has as input, forget, cell, output; and as update, reset, new. */
const ORDERS = { simpleRnn: [0], lstm: [0, 3, 1, 2], gru: [0, 1, 2] } as const;

/** The name of the operator's function for each that a simple layer may have. */
const FUNCTIONS = { tanh: 'Tanh', relu: 'Relu', sigmoid: 'Sigmoid', linear: 'Affine' } as const;

/** The weights of both directions, of which there may be one. */
const DIRECTIONS: readonly (readonly [kernel: WeightName, recurrent: WeightName, bias: WeightName])[] = [
  ['kernel', 'recurrentKernel', 'bias'],
  ['backwardKernel', 'backwardRecurrentKernel', 'backwardBias'],
];

/** A recurrent layer: ONNX has steps before samples, and its directions apart. Rows of an image are steps. */
export function onnxRecurrent(site: OnnxPlace, spec: SpecOf<RecurrentKind>, value: OnnxValue): OnnxValue {
  const { graph, tensors } = site;
  const { kind, units } = spec;
  const ways = DIRECTIONS.filter(([kernel]) => tensors.has(kernel));
  const inOrder = (name: WeightName) => reordered(tensors.get(name) ?? EMPTY, ORDERS[kind]);
  const kernel = stacked(ways.map(([name]) => permuted(inOrder(name), [1, 0])));
  const recurrent = stacked(ways.map(([, name]) => permuted(inOrder(name), [1, 0])));
  const bias = stacked(ways.map(([, , name]) => bothBiases(inOrder(name))));
  const steps = graph.one('Transpose', [sequence(site, value)], { perm: [1, 0, 2] });
  const inputs = [steps, ...[kernel, recurrent, bias].map((tensor) => graph.constant(tensor))];
  const [all = '', end = ''] = graph.add(OPERATORS[kind], inputs, attributesOf(spec, ways.length), 2);
  if (!spec.returnSequences) {
    const samples = graph.one('Transpose', [end], { perm: [1, 0, 2] });
    return OnnxValue.last(graph, graph.one('Flatten', [samples]));
  }
  const samples = graph.one('Transpose', [all], { perm: [2, 0, 1, 3] });
  const shape = graph.constant({ shape: [3], whole: [0, 0, ways.length * units] });
  return OnnxValue.last(graph, graph.one('Reshape', [samples, shape]));
}

const EMPTY: Tensor = { shape: [0], values: new Float32Array() };

function attributesOf(spec: SpecOf<RecurrentKind>, ways: number): Attributes {
  return {
    hidden_size: spec.units,
    direction: ways === 2 ? 'bidirectional' : 'forward',
    ...(spec.kind === 'gru' && { linear_before_reset: 1 }),
    ...(spec.kind === 'simpleRnn' && {
      activations: Array.from({ length: ways }, () => FUNCTIONS[spec.activation]),
      ...(spec.activation === 'linear' && { activation_alpha: Array.from({ length: ways }, () => ({ float: 1 })) }),
    }),
  };
}

/** The name of a sequence: rows of an image one after another. */
function sequence({ graph, input }: OnnxPlace, value: OnnxValue): string {
  const rows = input.length === 3 ? sequenceOf(input) : null;
  if (rows === null) return value.last();
  const shape = graph.constant({ shape: [3], whole: [-1, rows.steps, rows.features] });
  return graph.one('Reshape', [value.last(), shape]);
}

/** Tensors of one shape, one behind the other along a new first axis. */
function stacked(tensors: readonly Tensor[]): Tensor {
  const shape: Shape = at(tensors, 0).shape;
  const values = new Float32Array(tensors.length * sizeOf(shape));
  tensors.forEach((tensor, i) => {
    values.set(tensor.values, i * sizeOf(shape));
  });
  return { shape: [tensors.length, ...shape], values };
}

/** The biases of inputs and of states behind each other; Keras has the second one in a GRU only. */
function bothBiases({ shape, values }: Tensor): Tensor {
  const width = last(shape);
  const both = new Float32Array(2 * width);
  both.set(values);
  return { shape: [2 * width], values: both };
}
