import { last } from '../../../core/at.ts';
import type { ConcatenateSpec } from '../../../core/network/layers/concatenate.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { LayerRecorder } from './site.ts';

/** The channels of both inputs, side by side. */
export const concatenate: LayerRecorder<ConcatenateSpec> = ({ recorder, node, inputs: [x, other = x] }) => {
  const [left, right] = [last(x.shape), last(other.shape)];
  const attributes = { rows: sizeOf(x.shape) / left, left, right };
  const z = recorder.value(node.name, [...x.shape.slice(0, -1), left + right], [x, other]);
  const inputs = { x: x.buffer, y: other.buffer };
  recorder.emit({ name: 'concatenate', inputs, outputs: { z: z.buffer }, attributes });
  recorder.onBackward(z, (dz) => {
    for (const [side, value] of [
      ['left', x],
      ['right', other],
    ] as const) {
      if (!value.learns) continue;
      const part = recorder.buffer(`${node.name} ${side} gradient`, value.shape);
      recorder.emit({
        name: 'columnsOf',
        inputs: { z: dz },
        outputs: { x: part },
        attributes: { ...attributes, side },
      });
      recorder.give(value, part);
    }
  });
  return z;
};
