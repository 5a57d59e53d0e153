import type { Activation } from '../../../../core/network/activations.ts';
import { chunksFor, RELU, RELU_GRADIENT } from '../../kernels/elementwise.ts';
import { GELU, GELU_GRADIENT } from '../../kernels/gelu.ts';
import { softmaxForward, softmaxGradient } from '../../kernels/row-operations.ts';
import { CURVES } from './activation-curves.ts';
import type { Bind } from './binding.ts';

type Curve = keyof typeof CURVES;

function isCurve(activation: Activation): activation is Curve {
  return activation in CURVES;
}

/** By a kernel where there is one, and else in JavaScript, rounded as the tape has it. */
export const activate: Bind<'activate'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { activation, count, columns } = attributes;
  const [x, y] = [at(inputs.x), at(outputs.y)];
  if (activation === 'relu' || activation === 'gelu') {
    recording.run(activation === 'relu' ? RELU : GELU, chunksFor(count), { x, y, count });
  } else if (activation === 'softmax') {
    softmaxForward(recording, { rows: count / columns, columns }, { x, y });
  } else if (isCurve(activation)) {
    const { value } = CURVES[activation];
    recording.compute((floats) => {
      const [from, to] = [x / 4, y / 4];
      for (let i = 0; i < count; i++) floats[to + i] = value(floats[from + i] ?? 0);
    });
  }
};

export const activateGradient: Bind<'activateGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { activation, count, columns } = attributes;
  const [dy, dx] = [at(inputs.dy), at(outputs.dx)];
  const known = inputs.x === null ? inputs.y : inputs.x;
  if (known === null) throw new Error('The slope of an activation follows from its input or its output.');
  const values = at(known);
  const chunks = chunksFor(count);
  if (activation === 'relu') {
    recording.run(RELU_GRADIENT, chunks, { dy, y: values, dx, count });
  } else if (activation === 'gelu') {
    recording.run(GELU_GRADIENT, chunks, { x: values, dy, dx, count });
  } else if (activation === 'softmax') {
    softmaxGradient(recording, { rows: count / columns, columns }, { y: values, dy, dx });
  } else if (isCurve(activation)) {
    const { gradient } = CURVES[activation];
    recording.compute((floats) => {
      const [from, over, to] = [dy / 4, values / 4, dx / 4];
      for (let i = 0; i < count; i++) floats[to + i] = gradient(floats[from + i] ?? 0, floats[over + i] ?? 0);
    });
  }
};
