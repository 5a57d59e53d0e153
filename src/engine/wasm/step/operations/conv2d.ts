import { convolutionByInput, convolutionByKernel, convolutionForward } from '../../kernels/conv2d.ts';
import type { Bind } from './binding.ts';

export const conv2d: Bind<'conv2d'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { sliding, relu } = attributes;
  const bias = inputs.bias && at(inputs.bias);
  convolutionForward(recording, sliding, { x: at(inputs.x), kernel: at(inputs.kernel), bias, relu, y: at(outputs.y) });
};

export const conv2dInputGradient: Bind<'conv2dInputGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const places = { dy: at(inputs.dy), kernel: at(inputs.kernel), dx: at(outputs.dx) };
  convolutionByInput(recording, attributes.sliding, places);
};

export const conv2dKernelGradient: Bind<'conv2dKernelGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const places = { x: at(inputs.x), dy: at(inputs.dy), dkernel: at(outputs.dkernel) };
  convolutionByKernel(recording, attributes.sliding, places);
};
