import { statisticsSplits, columnSums as sumsKernel } from '../kernels/batch-normalization.ts';
import { pairLayout } from '../weight-pairs.ts';
import type { Lower } from './lower.ts';

/** The gradient of weights that have a value for each column: one draw, in partial sums. Biases come along with their kernels. */
export const columnSums: Lower<'columnSums'> = ({ inputs, outputs, attributes: { rows, columns } }, at) => {
  const x = at.channelsOf(inputs.x, rows, columns);
  const { groups } = x.layout;
  const splits = statisticsSplits(x.layout);
  const [width, height] = [splits * groups, 1];
  const place = at.scratch(outputs.sums.name, { width, height, layers: 1 });
  at.draw(sumsKernel(x.layout, splits), { x: x.place }, [place]);
  const texel = `ivec3(s * ${groups} + column, 0, 0)`;
  at.putGradient([outputs.sums], {
    layout: pairLayout(columns, false),
    partial: { splits, rows: 1, width, height, weightAt: texel, biasAt: texel },
    place,
    penalty: { l1: 0, l2: 0 },
    kernel: at.uses.readerOf(outputs.sums, 'update')?.inputs.weight ?? null,
    bias: null,
  });
};
