import { last } from '../../../core/at.ts';
import type { LayerNormalizationSpec } from '../../../core/network/layers/layer-normalization.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import { giveColumnSums } from './products.ts';
import type { LayerRecorder } from './site.ts';

/** Normalises along the last axis. */
export const layerNormalization: LayerRecorder<LayerNormalizationSpec> = ({
  recorder,
  node,
  spec,
  inputs: [x],
  find,
}) => {
  const [gamma, beta] = [find('gamma'), find('beta')];
  const channels = last(x.shape);
  const rows = sizeOf(x.shape) / channels;
  const attributes = { rows, channels, epsilon: spec.epsilon };
  const y = recorder.value(node.name, x.shape, [x, gamma, beta]);
  const inputs = { x: x.buffer, gamma: gamma?.buffer ?? null, beta: beta?.buffer ?? null };
  recorder.emit({ name: 'normalizeRows', inputs, outputs: { y: y.buffer }, attributes });
  recorder.onBackward(y, (dy) => {
    const dx = recorder.buffer(`${node.name} input gradient`, x.shape);
    const scaled = recorder.buffer(`${node.name} scaled gradient`, x.shape);
    const known = { x: x.buffer, dy, gamma: gamma?.buffer ?? null };
    recorder.emit({ name: 'normalizeRowsGradient', inputs: known, outputs: { dx, scaled }, attributes });
    recorder.give(x, dx);
    giveColumnSums(recorder, `${node.name} gamma`, gamma, scaled, rows);
    giveColumnSums(recorder, `${node.name} beta`, beta, dy, rows);
  });
  return y;
};
