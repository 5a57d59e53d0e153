import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { float, perValue } from './shader.ts';

/** A weight and its velocity moved by Muon: [count] */
export function updateMatrix({ inputs, outputs, attributes }: OperationOf<'updateMatrix'>): readonly Dispatch[] {
  const { count, scale, optimizer } = attributes;
  const body = `velocity[i] = ${float(optimizer.momentum)} * velocity[i] + gradient[i];
  weight[i] -= call.decay * weight[i] + call.rate * direction[i];`;
  return [
    {
      name: 'matrix update',
      reads: { gradient: inputs.gradient, direction: inputs.direction },
      writes: { weight: outputs.weight, velocity: outputs.velocity },
      uniforms: {
        fields: { rate: 'f32', decay: 'f32' },
        valuesAt: ({ learningRate, weightDecay }) => ({
          rate: learningRate * scale,
          decay: learningRate * weightDecay,
        }),
      },
      ...perValue(count, body),
    },
  ];
}
