import { decimalText, percentText } from '../text/number-text.ts';
import { BACKEND_NAMES, type Backend } from '../training/backend.ts';

/** What two trainings of one setup are compared by. */
export interface RepeatedRun {
  /** Null where it is not known. */
  readonly backend: Backend | null;
  /** The loss of every step. */
  readonly losses: ArrayLike<number>;
  readonly epochs: readonly { readonly validation: { readonly loss: number; readonly accuracy: number } | null }[];
}

/** How two trainings compare, and that in a sentence. */
export interface Comparison {
  readonly repeats: boolean;
  readonly text: string;
}

/** How far the validation accuracies of the last epochs may be apart on another backend, which rounds in another order. */
const TOLERANCE = 0.02;

/**
 * Whether a run came out again: on the same backend every loss and every validation result has to be the same, on another the last
 * validation accuracies may be 2 points apart.
 */
export function compareRuns(before: RepeatedRun, again: RepeatedRun): Comparison {
  return before.backend !== null && before.backend === again.backend
    ? compareExactly(before, again, before.backend)
    : compareNearly(before, again);
}

function compareExactly(before: RepeatedRun, again: RepeatedRun, backend: Backend): Comparison {
  const [losses, repeated] = [Array.from(before.losses), Array.from(again.losses)];
  if (losses.length !== repeated.length)
    return { repeats: false, text: `It took ${repeated.length} steps instead of ${losses.length}.` };
  const step = losses.findIndex((loss, i) => !Object.is(loss, repeated[i]));
  if (step >= 0) {
    const [one = Number.NaN, other = Number.NaN] = [losses[step], repeated[step]];
    const where = `From step ${step + 1} on the loss differs: ${decimalText(other, 6)} instead of ${decimalText(one, 6)}.`;
    return { repeats: false, text: `${where}${isOfChip(backend) ? OTHER_CHIPS : ''} ${endText(before, again)}`.trim() };
  }
  const epoch = before.epochs.findIndex(
    ({ validation }, i) => !isSame(validation, again.epochs[i]?.validation ?? null),
  );
  if (epoch >= 0 || before.epochs.length !== again.epochs.length)
    return { repeats: false, text: `All losses are the same, but epoch ${epoch + 1} was judged differently.` };
  return { repeats: true, text: `All ${losses.length} losses and all validation results are the same.` };
}

const OTHER_CHIPS = ' Other graphics chips round differently.';

function isOfChip(backend: Backend): boolean {
  return backend === 'webgl' || backend === 'webgpu';
}

type Judged = RepeatedRun['epochs'][number]['validation'];

function isSame(one: Judged, other: Judged): boolean {
  return Object.is(one?.loss, other?.loss) && Object.is(one?.accuracy, other?.accuracy);
}

function compareNearly(before: RepeatedRun, again: RepeatedRun): Comparison {
  const gap = Math.abs(lastAccuracy(before) - lastAccuracy(again));
  const isNear = before.losses.length === again.losses.length && gap <= TOLERANCE;
  return {
    repeats: isNear,
    text: `${endText(before, again)} ${nameOf(before)} and ${nameOf(again)} round differently: up to 2 points count as the same.`,
  };
}

function endText(before: RepeatedRun, again: RepeatedRun): string {
  return `It ended at ${percentText(lastAccuracy(again))} on the validation set instead of ${percentText(lastAccuracy(before))}.`;
}

function nameOf({ backend }: RepeatedRun): string {
  return backend === null ? 'An unknown backend' : BACKEND_NAMES[backend];
}

function lastAccuracy({ epochs }: RepeatedRun): number {
  return epochs.at(-1)?.validation?.accuracy ?? Number.NaN;
}
