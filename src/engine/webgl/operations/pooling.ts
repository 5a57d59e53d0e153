import type { Sliding } from '../../step/images.ts';
import { averagePoolGradient as averageGradientKernel, averagePool as averageKernel } from '../kernels/average-pool.ts';
import { maxPoolGradient as maxGradientKernel, maxPool as maxKernel, type PoolShape } from '../kernels/max-pool.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { plain } from '../views.ts';
import { type Lower, resultOf, slopeOf } from './lower.ts';

/** One draw, which also keeps which value of each window was the largest. */
export const maxPool: Lower<'maxPool'> = ({ inputs, outputs, attributes: { sliding } }, at) => {
  const x = at.imagesOf(inputs.x, sliding.input);
  const pool = poolOf(sliding, x.layout);
  const positions = at.scratch('positions', extentOf(pool.output));
  at.rememberPlace(outputs.y, positions);
  at.rememberLayout(outputs.y, x.layout);
  at.draw(maxKernel(pool), { x: x.place }, [at.put(outputs.y, pool.output), positions]);
};

/** One draw. */
export const maxPoolGradient: Lower<'maxPoolGradient'> = ({ inputs, outputs, attributes: { sliding } }, at) => {
  const dy = at.imagesOf(inputs.dy, sliding.output);
  const layout = at.rememberedLayout(inputs.y) ?? plain(sliding.input);
  const positions = at.rememberedPlace(inputs.y);
  const dx = at.put(outputs.dx, layout);
  at.draw(maxGradientKernel(poolOf(sliding, layout), dy.layout), { dy: dy.place, at: positions }, [dx]);
};

/** One draw, by windows or of the whole image. */
export const averagePool: Lower<'averagePool'> = ({ inputs, outputs, attributes: { sliding } }, at) => {
  const x = at.imagesOf(inputs.x, sliding.input);
  const pool = poolOf(sliding, x.layout);
  at.rememberLayout(sliding, x.layout);
  at.draw(averageKernel(pool), { x: x.place }, [at.put(outputs.y, pool.output)]);
};

/** One draw, times the slope of the function that made the input. */
export const averagePoolGradient: Lower<'averagePoolGradient'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { sliding } = attributes;
  const dy = at.imagesOf(inputs.dy, sliding.output);
  const { activation, value } = slopeOf(fused, (buffer) => at.imagesOf(buffer, sliding.input));
  const layout = value?.layout ?? at.rememberedLayout(sliding) ?? plain(sliding.input);
  const dx = at.put(resultOf(outputs.dx, fused), layout);
  const kernel = averageGradientKernel(poolOf(sliding, layout), dy.layout, activation);
  at.draw(kernel, { dy: dy.place, ...(value && { v_: value.place }) }, [dx]);
};

function poolOf({ output, window, padTop, padLeft }: Sliding, input: ImageLayout): PoolShape {
  return { input, output: plain(output), window, padTop, padLeft };
}
