import { AVERAGE_POOL, AVERAGE_POOL_GRADIENT } from '../../kernels/average-pool.ts';
import { windowFields } from '../../kernels/geometry.ts';
import { MAX_POOL, MAX_POOL_GRADIENT } from '../../kernels/max-pool.ts';
import type { Bind } from './binding.ts';

export const maxPool: Bind<'maxPool'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { sliding } = attributes;
  recording.run(MAX_POOL, sliding.input.batch, { x: at(inputs.x), y: at(outputs.y), ...windowFields(sliding) });
};

export const maxPoolGradient: Bind<'maxPoolGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { sliding } = attributes;
  const places = { x: at(inputs.x), y: at(inputs.y), dy: at(inputs.dy), dx: at(outputs.dx) };
  recording.run(MAX_POOL_GRADIENT, sliding.input.batch, { ...places, ...windowFields(sliding) });
};

export const averagePool: Bind<'averagePool'> = ({ recording, operation: { inputs, outputs, attributes }, at }) => {
  const { sliding } = attributes;
  recording.run(AVERAGE_POOL, sliding.input.batch, { x: at(inputs.x), y: at(outputs.y), ...windowFields(sliding) });
};

export const averagePoolGradient: Bind<'averagePoolGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { sliding } = attributes;
  const places = { dy: at(inputs.dy), dx: at(outputs.dx) };
  recording.run(AVERAGE_POOL_GRADIENT, sliding.input.batch, { ...places, ...windowFields(sliding) });
};
