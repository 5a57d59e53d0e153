import { swapAxes as kernel, swappedLayout } from '../kernels/swap-axes.ts';
import type { Lower } from './lower.ts';

/** One draw. */
export const swapAxes: Lower<'swapAxes'> = ({ inputs, outputs, attributes }, at) => {
  const x = at.valueOf(inputs.x);
  at.draw(kernel(x.layout, attributes), { source: x.place }, [at.put(outputs.y, swappedLayout(attributes))]);
};
