import { firstFrom } from '../core/training/curves.ts';
import { type Run, stepOf } from '../state/run.ts';
import type { Horizontal, Place, XUnit } from '../ui/chart/curve.ts';

/** The choices for the x axis, in the order of the picker. `samples`: what they are called. */
export function horizontalChoices(samples: string): readonly { readonly value: XUnit; readonly label: string }[] {
  return [
    { value: 'epoch', label: 'by epoch' },
    { value: 'step', label: 'by step' },
    { value: 'images', label: `by ${samples} seen` },
    { value: 'seconds', label: 'by seconds' },
  ];
}

/** The place of a run's epochs on an axis of this unit. Seconds are those spent on training steps. */
export function placeOf(run: Run, unit: XUnit): Place {
  const steps = run.stepsPerEpoch;
  switch (unit) {
    case 'epoch':
      return (epoch) => epoch;
    case 'step':
      return (epoch) => epoch * steps;
    case 'images':
      return (epoch) => epoch * steps * run.draft.recipe.batchSize;
    case 'seconds':
      return secondsAt(run);
    default:
      return unit satisfies never;
  }
}

/** The x axis that a run is drawn on: as long as the run will be, but no longer than it has lasted where it counts seconds. */
export function horizontalOf(run: Run, unit: XUnit): Horizontal {
  const place = placeOf(run, unit);
  const end = unit === 'seconds' ? roundedUp(run.seconds, run.phase === 'finished') : place(run.draft.recipe.epochs);
  return { unit, place, end: Math.max(1, end), samples: run.draft.dataset.words.sample.many };
}

interface Knot {
  readonly epoch: number;
  readonly seconds: number;
}

/** Time at the ends of epochs is known; between them it is assumed to pass evenly. */
function secondsAt(run: Run): Place {
  const now = { epoch: stepOf(run) / Math.max(1, run.stepsPerEpoch), seconds: run.seconds };
  const knots: readonly Knot[] = [{ epoch: 0, seconds: 0 }, ...run.epochs, now];
  return (epoch) => {
    const after = firstFrom(knots, epoch);
    const [from, to] = after === 0 || after === knots.length ? [knots[0], now] : [knots[after - 1], knots[after]];
    if (from === undefined || to === undefined || to.epoch <= from.epoch) return to?.seconds ?? 0;
    return from.seconds + ((epoch - from.epoch) / (to.epoch - from.epoch)) * (to.seconds - from.seconds);
  };
}

/** A growing axis ends at a round number, so that it does not move with every step. */
function roundedUp(seconds: number, final: boolean): number {
  if (final) return Math.ceil(seconds);
  const step = [5, 10, 30, 60, 300].find((size) => seconds < 6 * size) ?? 1800;
  return (Math.floor(seconds / step) + 1) * step;
}
