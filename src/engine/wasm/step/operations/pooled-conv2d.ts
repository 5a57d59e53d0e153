import { pooledByKernel, pooledForward } from '../../kernels/pooled-conv2d.ts';
import type { Bind } from './binding.ts';

export const pooledConv2d: Bind<'pooledConv2d'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const [bias, winners] = [inputs.bias && at(inputs.bias), outputs.winners && at(outputs.winners)];
  const { relu } = attributes;
  const places = { x: at(inputs.x), kernel: at(inputs.kernel), bias, relu, y: at(outputs.y), winners };
  pooledForward(recording, attributes, places);
};

export const pooledConv2dKernelGradient: Bind<'pooledConv2dKernelGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const places = { x: at(inputs.x), winners: at(inputs.winners), dy: at(inputs.dy), dkernel: at(outputs.dkernel) };
  pooledByKernel(recording, attributes, places);
};
