import { streamKey } from '../../../core/random.ts';
import type { Buffer } from '../../step/buffer.ts';
import type { DrawCall } from '../draw.ts';
import type { Fused } from '../fuse.ts';
import { type Dropped, dropoutGradient, dropout as dropoutKernel, dropoutUniforms } from '../kernels/dropout.ts';
import type { Lowering, Placed } from '../lowering.ts';
import { type Lower, resultOf, slopeOf } from './lower.ts';

/** One draw; back, times the slope of the function that made the input. The mask is computed again from the same key. */
export const dropout: Lower<'dropout'> = ({ inputs, outputs, attributes }, at, fused) => {
  dropAt(at, { x: at.valueOf(inputs.x), y: outputs.y, dropped: 'value' }, attributes, fused);
};

/** The same with whole channels. */
export const dropChannels: Lower<'dropChannels'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { images, rate, position } = attributes;
  const x = at.imagesOf(inputs.x, images);
  dropAt(at, { x, y: outputs.y, dropped: 'channel' }, { rate, position, adjustable: true }, fused);
};

interface Rule {
  readonly rate: number;
  readonly position: number;
  readonly adjustable: boolean;
}

function dropAt(
  at: Lowering,
  { x, y, dropped }: { readonly x: Placed; readonly y: Buffer; readonly dropped: Dropped },
  { rate, position, adjustable }: Rule,
  fused: Fused,
): void {
  const uniforms = ({ seed, step, dropout: common }: DrawCall) =>
    dropoutUniforms((adjustable ? common : null) ?? rate, streamKey(seed, 'dropout', position, step));
  const { layout } = x;
  const { activation, value } = slopeOf(fused, (buffer) => at.imagesOf(buffer, layout));
  if (value === null) {
    at.draw(dropoutKernel(layout, dropped), { v_: x.place }, [at.put(y, layout)], { uniforms });
    return;
  }
  const dx = at.put(resultOf(y, fused), value.layout);
  const kernel = dropoutGradient(value.layout, layout, activation, dropped);
  at.draw(kernel, { dy_: x.place, v_: value.place }, [dx], { uniforms });
}
