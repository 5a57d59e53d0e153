import type { AddSpec } from '../../../core/network/layers/add.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { LayerRecorder } from './site.ts';

/** The sum of both inputs, value by value. */
export const add: LayerRecorder<AddSpec> = ({ recorder, node, inputs: [x, other = x] }) => {
  const z = recorder.value(node.name, x.shape, [x, other]);
  const attributes = { count: sizeOf(x.shape) };
  recorder.emit({ name: 'add', inputs: { x: x.buffer, y: other.buffer }, outputs: { z: z.buffer }, attributes });
  recorder.onBackward(z, (dz) => {
    recorder.give(x, dz);
    recorder.give(other, dz);
  });
  return z;
};
