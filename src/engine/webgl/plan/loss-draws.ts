import { CROSS_ENTROPY } from '../../tape/loss.ts';
import { passOf } from '../kernel.ts';
import { penalty, penaltyTexels } from '../kernels/penalty.ts';
import { batchMetrics, softmaxLoss } from '../kernels/softmax-loss.ts';
import { extentOf } from '../layout.ts';
import type { Texture } from '../texture.ts';
import type { Arena } from './arena.ts';
import type { Draw } from './draw.ts';
import type { Parity } from './parameters.ts';
import type { PlanOptions } from './plan-options.ts';
import type { Gradient, Value } from './stage.ts';

/** Steps whose metrics the device keeps. They are read long before they are overwritten. */
export const REMEMBERED_STEPS = 4096;

/** The draws of the loss, and what they produce. */
export interface LossDraws {
  readonly draws: readonly Draw[];
  /** Loss and accuracy of step s in texel s % `REMEMBERED_STEPS`. */
  readonly metrics: Texture;
  /** The gradient of the logits. */
  readonly gradient: Gradient;
}

/** The loss of a batch with the penalties of all kernels, its gradient, and the log of both figures of the step. */
export function lossDraws(arena: Arena, options: PlanOptions, logits: Value, parity: Parity): LossDraws {
  const { samples, order, layers, parameters, loss: spec = CROSS_ENTROPY, classWeights = null } = options;
  const gradient = arena.texture('loss gradient', extentOf(logits.layout));
  const judged = arena.texture('judged', extentOf(logits.layout));
  const metrics = arena.texture('metrics', { width: REMEMBERED_STEPS, height: 1, layers: 1 });
  const weights = classWeights && { classWeights };
  const inputs = { logits: logits.texture, order: order.texture, labels: samples.labels, ...weights };
  const loss: Draw = {
    pass: passOf(softmaxLoss(logits.layout, samples.layout, spec, classWeights !== null), inputs, [gradient, judged]),
    uniforms: ({ place }) => ({ place }),
  };
  const penalised = layers.flatMap((entry, position) => {
    if (entry.node.weights.every(({ l1, l2 }) => l1 === 0 && l2 === 0)) return [];
    const layer = parameters.of(position);
    const kernel = penalty(layer.layout, layer.penalty);
    const texture = arena.texture(`${position} penalty`, { width: kernel.width, height: 1, layers: 1 });
    const draw: Draw = { pass: passOf(kernel, { w: layer.weights[parity] }, [texture]) };
    return [{ draw, texture, texels: penaltyTexels(layer.layout) }];
  });
  const totals = Object.fromEntries(penalised.map(({ texture }, i) => [`penalty${i}`, texture]));
  const sum = batchMetrics(
    logits.layout,
    penalised.map(({ texels }) => texels),
  );
  const log: Draw = {
    pass: passOf(sum, { judged, ...totals }, [metrics]),
    area: ({ step }) => ({ x: step % REMEMBERED_STEPS, y: 0, width: 1, height: 1 }),
  };
  const draws = [loss, ...penalised.map(({ draw }) => draw), log];
  return { draws, metrics, gradient: { layout: logits.layout, texture: gradient } };
}
