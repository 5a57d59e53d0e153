import type { Buffer } from '../../step/buffer.ts';
import type { Place } from '../draw.ts';
import type { Fused } from '../fuse.ts';
import {
  batchStatistics,
  batchSums,
  normalize,
  normalizeGradient,
  normalizeSums,
  normalizeTotals,
  parameterSums,
  scaleGradient,
  statisticsSplits,
} from '../kernels/batch-normalization.ts';
import type { ImageLayout } from '../layout.ts';
import type { Lowering } from '../lowering.ts';
import { pairLayout } from '../weight-pairs.ts';
import { activationOf, type Lower, resultOf, slopeOf } from './lower.ts';

/** Three draws: sums, statistics with those that move along, and the values with the function behind them. */
export const normalizeByBatch: Lower<'normalizeByBatch'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { rows, channels, epsilon } = attributes;
  const x = at.channelsOf(inputs.x, rows, channels);
  const { layout } = x;
  const splits = statisticsSplits(layout);
  const parts = { width: splits * layout.groups, height: 1, layers: 1 };
  const [sums, squares] = [at.scratch('sums', parts), at.scratch('squares', parts)];
  const statistics = at.scratch('statistics', { ...parts, width: layout.groups, height: 2 });
  at.rememberPlace(outputs.mean, statistics);
  const { moving, next, momentum } = movingOf(at, fused);
  at.draw(batchSums(layout, splits), { x: x.place }, [sums, squares]);
  const judged = batchStatistics(layout, splits, { epsilon, momentum });
  at.draw(judged, { sums, squares, x: x.place, moving }, [statistics, next]);
  const y = at.put(resultOf(outputs.y, fused), layout);
  const reads = { v_: x.place, statistics, parameters: parametersOf(at, inputs, channels) };
  at.draw(normalize(layout, activationOf(fused), null), reads, [y]);
};

/** Two draws for gamma and beta, and one for the input, times the slope of the function that made it. */
export const normalizeByBatchGradient: Lower<'normalizeByBatchGradient'> = (
  { inputs, outputs, attributes },
  at,
  fused,
) => {
  const { rows, channels } = attributes;
  const x = at.channelsOf(inputs.x, rows, channels);
  const { layout } = x;
  const dy = at.imagesOf(inputs.dy, layout);
  const statistics = at.rememberedPlace(inputs.mean);
  const splits = statisticsSplits(layout);
  const parts = { width: splits * layout.groups, height: 1, layers: 1 };
  const [gammas, betas] = [at.scratch('gammas', parts), at.scratch('betas', parts)];
  const totals = at.scratch('totals', { ...parts, width: layout.groups, height: 2 });
  at.draw(normalizeSums(layout, dy.layout, splits), { dy: dy.place, x: x.place, statistics }, [gammas, betas]);
  at.draw(normalizeTotals(layout, splits), { gammas, betas }, [totals]);
  putParameterGradient(at, [outputs.dgamma, outputs.dbeta], totals, layout);
  if (outputs.dx === null) return;
  const { activation } = slopeOf(fused, () => x);
  const dx = at.put(resultOf(outputs.dx, fused), layout);
  const reads = { dy_: dy.place, v_: x.place, totals, statistics, parameters: parametersOf(at, inputs, channels) };
  at.draw(normalizeGradient(layout, dy.layout, activation), reads, [dx]);
};

/** One draw. */
export const normalizeByMoving: Lower<'normalizeByMoving'> = ({ inputs, outputs, attributes }, at, fused) => {
  const { rows, channels, epsilon } = attributes;
  const x = at.channelsOf(inputs.x, rows, channels);
  const y = at.put(resultOf(outputs.y, fused), x.layout);
  const reads = { v_: x.place, statistics: at.lasting(inputs.mean), parameters: parametersOf(at, inputs, channels) };
  at.draw(normalize(x.layout, activationOf(fused), { epsilon }), reads, [y]);
};

/** One draw, times the slope of the function that made the input. */
export const normalizeByMovingGradient: Lower<'normalizeByMovingGradient'> = (
  { inputs, outputs, attributes },
  at,
  fused,
) => {
  const { rows, channels, epsilon } = attributes;
  const own = at.channelsOf(inputs.dy, rows, channels);
  const { activation, value } = slopeOf(fused, (buffer) => at.channelsOf(buffer, rows, channels));
  const { layout, place } = value ?? own;
  const dy = at.imagesOf(inputs.dy, layout);
  const dx = at.put(resultOf(outputs.dx, fused), layout);
  const statistics = at.lasting(inputs.variance);
  const parameters = parametersOf(at, inputs, channels);
  const kernel = scaleGradient(layout, dy.layout, activation, { epsilon });
  at.draw(kernel, { dy_: dy.place, v_: place, statistics, parameters }, [dx]);
};

/** Gamma above beta: ones and zeros where there are none. */
function parametersOf(
  at: Lowering,
  { gamma, beta = null }: { readonly gamma: Buffer | null; readonly beta?: Buffer | null },
  channels: number,
): Place {
  return at.channelWeights(gamma ?? beta, channels, 1);
}

/** The moving statistics that follow those of the batch: where they are read and written, and how fast they follow. */
function movingOf(at: Lowering, { others }: Fused) {
  for (const follow of others) {
    if (follow.name !== 'follow') continue;
    const { moving } = follow.inputs;
    return { moving: at.lasting(moving), next: at.lasting(moving, 'next'), momentum: follow.attributes.momentum };
  }
  throw new Error('Batch normalisation keeps moving statistics.');
}

/** Says where the gradients of gamma and beta lie: one above the other. */
function putParameterGradient(
  at: Lowering,
  [dgamma, dbeta]: readonly [Buffer | null, Buffer | null],
  place: Place,
  layout: ImageLayout,
): void {
  const weightOf = (gradient: Buffer | null) =>
    (gradient && at.uses.readerOf(gradient, 'update')?.inputs.weight) ?? null;
  at.putGradient(
    [dgamma, dbeta].flatMap((gradient) => gradient ?? []),
    {
      layout: pairLayout(layout.channels, dbeta !== null),
      partial: parameterSums(layout),
      place,
      penalty: { l1: 0, l2: 0 },
      kernel: weightOf(dgamma),
      bias: weightOf(dbeta),
    },
  );
}
