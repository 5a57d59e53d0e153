import type { Activation } from '../../../../core/network/activations.ts';
import {
  SIGMOID,
  SIGMOID_GRADIENT,
  SOFTPLUS_GRADIENT,
  SWISH,
  SWISH_GRADIENT,
  TANH,
  TANH_GRADIENT,
} from '../../kernels/curves.ts';
import { chunksFor, type Elementwise, RELU, RELU_GRADIENT } from '../../kernels/elementwise.ts';
import { GELU, GELU_GRADIENT } from '../../kernels/gelu.ts';
import { softmaxForward, softmaxGradient } from '../../kernels/row-operations.ts';
import { CURVE_GRADIENTS, CURVES } from './activation-curves.ts';
import type { Bind } from './binding.ts';

type Kernels<Input extends string, Output extends string> = Partial<
  Readonly<Record<Activation, Elementwise<Input, Output, never>>>
>;

const FORWARD: Kernels<'x', 'y'> = { relu: RELU, gelu: GELU, sigmoid: SIGMOID, tanh: TANH, swish: SWISH };
const BY_RESULT: Kernels<'dy' | 'y', 'dx'> = { relu: RELU_GRADIENT, sigmoid: SIGMOID_GRADIENT, tanh: TANH_GRADIENT };
const BY_INPUT: Kernels<'dy' | 'x', 'dx'> = {
  gelu: GELU_GRADIENT,
  swish: SWISH_GRADIENT,
  softplus: SOFTPLUS_GRADIENT,
};

/** By a kernel where there is one, and else in JavaScript, rounded as the tape has it. */
export const activate: Bind<'activate'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { activation, count, columns } = attributes;
  const [x, y] = [at(inputs.x), at(outputs.y)];
  if (activation === 'softmax') return softmaxForward(recording, { rows: count / columns, columns }, { x, y });
  const kernel = FORWARD[activation];
  if (kernel !== undefined) return recording.run(kernel, chunksFor(count), { x, y, count });
  const value = CURVES[activation];
  if (value === undefined) return;
  recording.compute((floats) => {
    const [from, to] = [x / 4, y / 4];
    for (let i = 0; i < count; i++) floats[to + i] = value(floats[from + i] ?? 0);
  });
};

export const activateGradient: Bind<'activateGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { activation, count, columns } = attributes;
  const [dy, dx] = [at(inputs.dy), at(outputs.dx)];
  const known = inputs.x === null ? inputs.y : inputs.x;
  if (known === null) throw new Error('The slope of an activation follows from its input or its output.');
  const values = at(known);
  if (activation === 'softmax')
    return softmaxGradient(recording, { rows: count / columns, columns }, { y: values, dy, dx });
  const [byResult, byInput] = [BY_RESULT[activation], BY_INPUT[activation]];
  if (byResult !== undefined) return recording.run(byResult, chunksFor(count), { dy, y: values, dx, count });
  if (byInput !== undefined) return recording.run(byInput, chunksFor(count), { dy, x: values, dx, count });
  const gradient = CURVE_GRADIENTS[activation];
  if (gradient === undefined) return;
  recording.compute((floats) => {
    const [from, over, to] = [dy / 4, values / 4, dx / 4];
    for (let i = 0; i < count; i++) floats[to + i] = gradient(floats[from + i] ?? 0, floats[over + i] ?? 0);
  });
};
