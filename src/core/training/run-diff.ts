import { isSameDataset } from '../dataset/spec.ts';
import { networkDiff } from '../network/network-diff.ts';
import { recipeDiff } from './recipe-diff.ts';
import type { Setup } from './setup.ts';

/**
 * What sets one run apart from another, as labels: `+Dropout 0.25`, `lr 1e-3 → 3e-4`. The most telling ones come first;
 * none when both are the same.
 */
export function runDiff(before: Setup, after: Setup): readonly string[] {
  const sameData = isSameDataset(before.dataset, after.dataset);
  const data = sameData ? [] : [`${before.dataset.title} → ${after.dataset.title}`];
  return [...data, ...networkDiff(before.network, after.network), ...recipeDiff(before.recipe, after.recipe)];
}

/** Labels in one line: `+Dropout 0.25 · lr 1e-3 → 3e-4`. */
export function diffText(labels: readonly string[]): string {
  return labels.join(' · ');
}
