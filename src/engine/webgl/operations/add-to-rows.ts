import { addToRows as kernel } from '../kernels/add.ts';
import type { Lower } from './lower.ts';

/** One draw. */
export const addToRows: Lower<'addToRows'> = ({ inputs, outputs, attributes: { rows, columns } }, at) => {
  const x = at.vectorsOf(inputs.x, rows, columns);
  const reads = { v_: x.place, values: at.lasting(inputs.values) };
  at.draw(kernel(x.layout), reads, [at.put(outputs.y, x.layout)]);
};
