import { average as kernel } from '../kernels/average.ts';
import { rowsIn } from '../weight-pairs.ts';
import type { Lower } from './lower.ts';

/** One draw, of the rows in which the weight lies. It reads the weight as this step leaves it. */
export const average: Lower<'average'> = ({ inputs, attributes: { keep } }, at) => {
  const pair = at.pairOf(inputs.weight);
  const { row, rows } = rowsIn(pair, inputs.weight);
  const reads = { averaged: at.lasting(inputs.average), weight: at.lasting(inputs.weight, 'next') };
  at.draw(kernel(pair.layout), reads, [at.lasting(inputs.average, 'next')], {
    uniforms: ({ step }) => ({ share: step === 0 ? 1 : 1 - keep }),
    area: () => ({ x: 0, y: row, width: pair.layout.columns, height: rows }),
  });
};
