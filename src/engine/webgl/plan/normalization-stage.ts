import type { BatchNormalizationSpec } from '../../../core/network/layers/batch-normalization.ts';
import { passOf } from '../kernel.ts';
import type { FusedActivation } from '../kernels/activations.ts';
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
import { extentOf } from '../layout.ts';
import type { Draw } from './draw.ts';
import type { LayerParameters } from './parameters.ts';
import type { Gradient, Site, Stage, Value } from './stage.ts';
import { update } from './update.ts';

/**
 * Batch normalisation with the activation behind it: three draws forward, four back; one in inference, and one each way where
 * it is frozen.
 */
export function normalizationStage(
  site: Site,
  spec: BatchNormalizationSpec,
  input: Value,
  parameters: LayerParameters,
  activation: FusedActivation,
): Stage {
  const { layout, texture: x } = input;
  const { weights, moving } = parameters;
  if (!moving) throw new Error('Batch normalisation keeps moving statistics.');
  const { parity } = site;
  const output = site.texture('output', extentOf(layout));
  const value = { layout, texture: output, activation };
  const own = weights[parity];
  if (!site.training || !parameters.trains) {
    const kernel = normalize(layout, activation, spec);
    const pass = passOf(kernel, { v_: x, statistics: moving[parity], parameters: own }, [output]);
    const backward = (dy: Gradient) => {
      if (!site.inputLearns) return { draws: [], dx: null };
      const texture = site.texture('input gradient', extentOf(layout));
      const scale = scaleGradient(layout, dy.layout, input.activation, spec);
      const inputs = { dy_: dy.texture, v_: x, statistics: moving[parity], parameters: own };
      return { draws: [{ pass: passOf(scale, inputs, [texture]) }], dx: { layout, texture } };
    };
    return { output: value, forward: [{ pass }], backward };
  }
  const splits = statisticsSplits(layout);
  const parts = { width: splits * layout.groups, height: 1, layers: 1 };
  const pair = { width: layout.groups, height: 2, layers: 1 };
  const [sums, squares] = [site.texture('sums', parts), site.texture('squares', parts)];
  const statistics = site.texture('statistics', pair);
  const next = moving[parity === 0 ? 1 : 0];
  const forward: Draw[] = [
    { pass: passOf(batchSums(layout, splits), { x }, [sums, squares]) },
    {
      pass: passOf(batchStatistics(layout, splits, spec), { sums, squares, x, moving: moving[parity] }, [
        statistics,
        next,
      ]),
    },
    { pass: passOf(normalize(layout, activation, null), { v_: x, statistics, parameters: own }, [output]) },
  ];
  const backward = (dy: Gradient) => {
    const [gammas, betas] = [site.texture('gammas', parts), site.texture('betas', parts)];
    const totals = site.texture('totals', pair);
    const sum = normalizeSums(layout, dy.layout, splits);
    const draws: Draw[] = [
      { pass: passOf(sum, { dy: dy.texture, x, statistics }, [gammas, betas]) },
      { pass: passOf(normalizeTotals(layout, splits), { gammas, betas }, [totals]) },
      ...update(site, parameters, totals, parameterSums(layout)),
    ];
    if (!site.inputLearns) return { draws, dx: null };
    const texture = site.texture('input gradient', extentOf(layout));
    const kernel = normalizeGradient(layout, dy.layout, input.activation);
    const inputs = { dy_: dy.texture, v_: x, totals, statistics, parameters: own };
    return { draws: [...draws, { pass: passOf(kernel, inputs, [texture]) }], dx: { layout, texture } };
  };
  return { output: value, forward, backward };
}
