import { streamKey } from '../../../core/random.ts';
import type { DrawCall } from '../draw.ts';
import { dropoutGradient, dropout as dropoutKernel, dropoutUniforms } from '../kernels/dropout.ts';
import { type Lower, resultOf, slopeOf } from './lower.ts';

/** One draw; back, times the slope of the function that made the input. The mask is computed again from the same key. */
export const dropout: Lower<'dropout'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { rate, position, adjustable } = attributes;
  const x = at.valueOf(inputs.x);
  const uniforms = ({ seed, step, dropout: common }: DrawCall) =>
    dropoutUniforms((adjustable ? common : null) ?? rate, streamKey(seed, 'dropout', position, step));
  const { activation, value } = slopeOf(fused, (buffer) => at.valueOf(buffer));
  if (value === null) {
    const y = at.put(outputs.y, x.layout);
    at.draw(dropoutKernel(x.layout), { v_: x.place }, [y], { uniforms });
    return;
  }
  const dy = at.imagesOf(inputs.x, value.layout);
  const dx = at.put(resultOf(outputs.y, fused), value.layout);
  const kernel = dropoutGradient(value.layout, dy.layout, activation);
  at.draw(kernel, { dy_: dy.place, v_: value.place }, [dx], { uniforms });
};
