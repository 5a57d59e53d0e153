import { statisticsSplits, columnSums as sumsKernel } from '../kernels/batch-normalization.ts';
import { layoutOf } from '../layout.ts';
import { pairLayout } from '../weight-pairs.ts';
import type { Lower } from './lower.ts';

/** As many rows as one fragment adds up. */
const FEW_ROWS = 64;

/** The gradient of weights that have a value for each column: one draw, in partial sums. Biases come along with their kernels. */
export const columnSums: Lower<'columnSums'> = ({ inputs, outputs, attributes: { rows, columns } }, at) => {
  const x = at.channelsOf(inputs.x, rows, columns);
  const { groups } = x.layout;
  const weight = at.uses.moverOf(outputs.sums)?.inputs.weight ?? null;
  // Sums that are added to others, one for each step of a sequence, are whole at once.
  const splits = weight === null && rows <= FEW_ROWS ? 1 : statisticsSplits(x.layout);
  const [width, height] = [splits * groups, 1];
  if (splits === 1) {
    at.draw(sumsKernel(x.layout, 1), { x: x.place }, [at.put(outputs.sums, layoutOf(1, [columns]))]);
    return;
  }
  const place = at.scratch(outputs.sums.name, { width, height, layers: 1 });
  at.draw(sumsKernel(x.layout, splits), { x: x.place }, [place]);
  const texel = `ivec3(s * ${groups} + column, 0, 0)`;
  at.putGradient([outputs.sums], {
    layout: pairLayout(columns, false),
    partial: { splits, rows: 1, width, height, weightAt: texel, biasAt: texel },
    place,
    penalty: { l1: 0, l2: 0 },
    kernel: weight,
    bias: null,
  });
};
