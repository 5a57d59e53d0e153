import { pooledByKernel, pooledForward } from '../../kernels/pooled-conv2d.ts';
import type { Bind } from './binding.ts';

export const pooledConv2d: Bind<'pooledConv2d'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const [bias, argmax] = [inputs.bias && at(inputs.bias), outputs.argmax && at(outputs.argmax)];
  const { relu } = attributes;
  const places = { x: at(inputs.x), kernel: at(inputs.kernel), bias, relu, y: at(outputs.y), argmax };
  pooledForward(recording, attributes, places);
};

export const pooledConv2dKernelGradient: Bind<'pooledConv2dKernelGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const places = { x: at(inputs.x), argmax: at(inputs.argmax), dy: at(inputs.dy), dkernel: at(outputs.dkernel) };
  pooledByKernel(recording, attributes, places);
};
