import {
  normalizeRowsGradient as gradientKernel,
  normalizeRows as normalizeKernel,
  pairOfEach,
  rowGradientMeans,
  rowStatistics,
  scaledGradient,
} from '../kernels/row-normalization.ts';
import { extentOf } from '../layout.ts';
import type { Lower } from './lower.ts';

/** Two draws: the statistics of each row, and the values. */
export const normalizeRows: Lower<'normalizeRows'> = ({ inputs, outputs, attributes }, at) => {
  const { rows, channels, epsilon } = attributes;
  const { layout, place: x } = at.channelsOf(inputs.x, rows, channels);
  const statistics = at.scratch('row statistics', extentOf(pairOfEach(layout)));
  at.rememberPlace(attributes, statistics);
  at.draw(rowStatistics(layout, epsilon), { x_: x }, [statistics]);
  const reads = {
    gamma: at.channelWeights(inputs.gamma, channels, 1),
    beta: at.channelWeights(inputs.beta, channels, 0),
  };
  at.draw(normalizeKernel(layout), { v_: x, statistics, ...reads }, [at.put(outputs.y, layout)]);
};

/** Two draws, and one for what the gradient of gamma is the sum of. */
export const normalizeRowsGradient: Lower<'normalizeRowsGradient'> = ({ inputs, outputs, attributes }, at) => {
  const { rows, channels } = attributes;
  const { layout, place: x } = at.channelsOf(inputs.x, rows, channels);
  // In the very layout of x: the kernels go along both together.
  const dy = at.inLayout(inputs.dy, layout);
  const statistics = at.rememberedPlace(attributes);
  const gamma = at.channelWeights(inputs.gamma, channels, 1);
  const means = at.scratch('row gradient means', extentOf(pairOfEach(layout)));
  at.draw(rowGradientMeans(layout), { x_: x, dy_: dy, statistics, gamma }, [means]);
  const reads = { v_: x, dy_: dy, statistics };
  at.draw(gradientKernel(layout), { ...reads, means, gamma }, [at.put(outputs.dx, layout)]);
  if (at.uses.readersOf(outputs.scaled).length === 0) return;
  at.draw(scaledGradient(layout), reads, [at.put(outputs.scaled, layout)]);
};
