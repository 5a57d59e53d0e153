import { dropRateOf } from '../core/network/layers/registry.ts';
import type { Network } from '../core/network/network.ts';
import { type Adjustment, adjustmentLabels, settingsOf } from '../core/training/live-settings.ts';
import { diffText } from '../core/training/run-diff.ts';
import type { Draft } from './draft.ts';
import type { Run } from './run.ts';
import { liveSettings } from './run-settings.ts';

/** Changes made to a run while it trained, in words, at the epoch, in part, from which on they hold. */
export interface Intervention {
  readonly epoch: number;
  /** `lr 1e-3 → 1e-4`. */
  readonly label: string;
}

/** Every change made to a run while it trained. */
export function interventionsOf(run: Run): readonly Intervention[] {
  const marks = run.adjustments.map(({ step, values }, i) => {
    const before = liveSettings({ ...run, adjustments: run.adjustments.slice(0, i) });
    return { epoch: step / Math.max(1, run.stepsPerEpoch), label: diffText(adjustmentLabels(before, values)) };
  });
  // A run that came back from its weights was given the settings that it had: nothing changed.
  return marks.filter(({ label }) => label !== '');
}

/** A change and when it was made: `lr 1e-3 → 1e-4 at epoch 2.5`. */
export function interventionText({ epoch, label }: Intervention): string {
  return `${label} at epoch ${Number(epoch.toFixed(1))}`;
}

/** What of the draft could be put into a run at once, and what that would change, in words. */
export interface LiveChange {
  readonly values: Adjustment;
  readonly labels: readonly string[];
}

/** How the draft's settings differ from those that a run trains with; null where they do not. */
export function liveChange(run: Run, draft: Draft): LiveChange | null {
  const now = liveSettings(run);
  const wanted = settingsOf(draft.recipe);
  const rate = changedDropout(now.dropout, run.draft.network, draft.network);
  const values: Adjustment = {
    ...(wanted.learningRate !== now.learningRate && { learningRate: wanted.learningRate }),
    ...(wanted.weightDecay !== now.weightDecay && { weightDecay: wanted.weightDecay }),
    ...(JSON.stringify(wanted.augmentation) !== JSON.stringify(now.augmentation) && {
      augmentation: wanted.augmentation,
    }),
    ...(rate !== null && { dropout: rate }),
  };
  const labels = adjustmentLabels(now, values);
  return labels.length === 0 ? null : { values, labels };
}

/** The one rate that all layers of the draft drop by, where the run has such layers and drops another share. */
function changedDropout(live: number | null, trained: Network, drafted: Network): number | null {
  const [before, after] = [dropoutRates(trained), dropoutRates(drafted)];
  const [rate] = after;
  if (rate === undefined || before.length === 0 || after.some((other) => other !== rate)) return null;
  const now = live === null ? before : [live];
  return now.every((other) => other === rate) ? null : rate;
}

function dropoutRates({ layers }: Network): readonly number[] {
  return layers.flatMap((layer) => (layer.off ? [] : (dropRateOf(layer) ?? [])));
}
