import { at, last } from '../../../core/at.ts';
import type { ConcatenateSpec } from '../../../core/network/layers/concatenate.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Buffer } from '../buffer.ts';
import type { Recorder, Value } from '../recorder.ts';
import type { LayerRecorder } from './site.ts';

/** The channels of both inputs, side by side. */
export const concatenate: LayerRecorder<ConcatenateSpec> = ({ recorder, node, inputs: [x, other = x] }) =>
  sideBySide(recorder, node.name, [x, other]);

/** Values side by side along their last axis; the others are the same. */
export function sideBySide(recorder: Recorder, name: string, parts: readonly [Value, ...Value[]]): Value {
  const [{ shape }] = parts;
  const widths = parts.map((part) => last(part.shape));
  const columns = widths.reduce((sum, width) => sum + width, 0);
  const rows = sizeOf(shape) / last(shape);
  const z = recorder.value(name, [...shape.slice(0, -1), columns], parts);
  const inputs = { parts: parts.map(({ buffer }) => buffer) };
  recorder.emit({ name: 'concatenate', inputs, outputs: { z: z.buffer }, attributes: { rows, widths } });
  recorder.onBackward(z, (dz) => {
    let first = 0;
    parts.forEach((part, i) => {
      const width = at(widths, i);
      if (part.learns) {
        const dpart = recorder.buffer(`${name} gradient of part ${i}`, part.shape);
        takeColumns(recorder, dz, dpart, { rows, columns, first, width });
        recorder.give(part, dpart);
      }
      first += width;
    });
  });
  return z;
}

/** Copies columns of a matrix. */
export function takeColumns(
  recorder: Recorder,
  z: Buffer,
  x: Buffer,
  attributes: Readonly<Record<'rows' | 'columns' | 'first' | 'width', number>>,
): void {
  recorder.emit({ name: 'columnsOf', inputs: { z }, outputs: { x }, attributes });
}
