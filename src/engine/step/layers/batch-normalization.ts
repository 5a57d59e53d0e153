import { last } from '../../../core/at.ts';
import type { BatchNormalizationSpec } from '../../../core/network/layers/batch-normalization.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Value } from '../recorder.ts';
import type { LayerRecorder, LayerSite } from './site.ts';

/** Normalises each channel by the batch and moves the moving statistics; frozen or asked, by the moving statistics. */
export const batchNormalization: LayerRecorder<BatchNormalizationSpec> = (site) =>
  site.spec.frozen || !site.training ? byMoving(site) : byBatch(site);

function byBatch({ recorder, node, spec, inputs: [x], find, get }: LayerSite<BatchNormalizationSpec>): Value {
  const [gamma, beta] = [find('gamma'), find('beta')];
  const channels = last(x.shape);
  const attributes = { rows: sizeOf(x.shape) / channels, channels, epsilon: spec.epsilon };
  const y = recorder.value(node.name, x.shape, [x, gamma, beta]);
  const mean = recorder.buffer(`${node.name} mean`, [channels]);
  const variance = recorder.buffer(`${node.name} variance`, [channels]);
  recorder.emit({
    name: 'normalizeByBatch',
    inputs: { x: x.buffer, gamma: gamma?.buffer ?? null, beta: beta?.buffer ?? null },
    outputs: { y: y.buffer, mean, variance },
    attributes,
  });
  for (const [moving, batch] of [
    [get('movingMean').buffer, mean],
    [get('movingVariance').buffer, variance],
  ] as const) {
    const options = { channels, momentum: spec.momentum };
    recorder.emitLate({ name: 'follow', inputs: { moving, batch }, outputs: { moving }, attributes: options });
  }
  recorder.onBackward(y, (dy) => {
    const gradientOf = (value: Value | null, what: string) =>
      value?.learns ? recorder.buffer(`${node.name} ${what} gradient`, value.shape) : null;
    const [dx, dgamma, dbeta] = [gradientOf(x, 'input'), gradientOf(gamma, 'gamma'), gradientOf(beta, 'beta')];
    recorder.emit({
      name: 'normalizeByBatchGradient',
      inputs: { x: x.buffer, dy, gamma: gamma?.buffer ?? null, mean, variance },
      outputs: { dx, dgamma, dbeta },
      attributes,
    });
    if (dx !== null) recorder.give(x, dx);
    if (gamma !== null && dgamma !== null) recorder.give(gamma, dgamma);
    if (beta !== null && dbeta !== null) recorder.give(beta, dbeta);
  });
  return y;
}

function byMoving({ recorder, node, spec, inputs: [x], find, get }: LayerSite<BatchNormalizationSpec>): Value {
  const [gamma, beta] = [find('gamma')?.buffer ?? null, find('beta')?.buffer ?? null];
  const [mean, variance] = [get('movingMean').buffer, get('movingVariance').buffer];
  const channels = last(x.shape);
  const attributes = { rows: sizeOf(x.shape) / channels, channels, epsilon: spec.epsilon };
  const y = recorder.value(node.name, x.shape, [x]);
  const inputs = { x: x.buffer, mean, variance, gamma, beta };
  recorder.emit({ name: 'normalizeByMoving', inputs, outputs: { y: y.buffer }, attributes });
  recorder.onBackward(y, (dy) => {
    const dx = recorder.buffer(`${node.name} gradient`, x.shape);
    recorder.emit({ name: 'normalizeByMovingGradient', inputs: { dy, variance, gamma }, outputs: { dx }, attributes });
    recorder.give(x, dx);
  });
  return y;
}
