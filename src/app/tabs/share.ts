import type { Lab } from '../../state/lab.ts';
import { compactRun, type Run } from '../../state/run.ts';
import { allRuns } from '../../state/runs.ts';
import { draftText } from '../../state/saved-draft.ts';
import { runRecord } from '../archive/run-records.ts';
import type { Shared } from './messages.ts';

/** Milliseconds between two messages, at the least. */
const LULL = 500;

/** Milliseconds after which a tab that was not heard of reads along no more. Those that do say so every few seconds. */
const PATIENCE = 15_000;

/** What sharing stands on. */
export interface SharingOptions {
  readonly lab: Pick<Lab, 'runs' | 'draft'>;
  post(state: Shared): void;
  /** Milliseconds. */
  now(): number;
}

/** Has other tabs read along. */
export interface Sharing {
  /** A tab reads along. `whole`: it knows nothing yet. */
  greet(whole: boolean): void;
  stop(): void;
}

/** Shares runs and draft with the tabs that read along, at most twice a second: all of it once, and then what has changed. */
export function createSharing({ lab, post, now }: SharingOptions): Sharing {
  const { runs, draft } = lab;
  let sent: ReadonlyMap<number, Run> = new Map();
  let sentAt = Number.NEGATIVE_INFINITY;
  let greetedAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = (whole: boolean) => {
    clearTimeout(timer);
    timer = undefined;
    sentAt = now();
    const { current, lastNumber, earlier } = runs.store.getState();
    const before = whole ? new Map<number, Run>() : sent;
    const all = allRuns({ current, earlier });
    sent = new Map(all.map((run) => [run.number, run]));
    const { dataset } = draft.store.getState();
    post({
      whole,
      runs: all.filter((run) => before.get(run.number) !== run).map((run) => sharedRun(run, before.get(run.number))),
      removed: [...before.keys()].filter((number) => !sent.has(number)),
      current: current?.number ?? null,
      lastNumber,
      dataset: dataset.id,
      draft: draftText(draft.store.getState()),
    });
  };
  const soon = () => {
    if (timer !== undefined || now() - greetedAt > PATIENCE) return;
    const rest = sentAt + LULL - now();
    // A hidden page has few timers, and hears of its worker without them.
    if (rest <= 0) send(false);
    else timer = setTimeout(send, rest, false);
  };
  const stops = [runs.store.subscribe(soon), draft.store.subscribe(soon)];
  return {
    greet(whole) {
      const isLate = now() - greetedAt > PATIENCE;
      greetedAt = now();
      if (whole || isLate) send(true);
    },
    stop() {
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}

/** A run as a record, of whose steps, beside those that are thinned, only those are sent that were not sent before. */
function sharedRun(run: Run, before: Run | undefined): Shared['runs'][number] {
  const isLonger = before !== undefined && isAhead(run, before);
  const from = isLonger ? before.losses.length : 0;
  const { losses, accuracies } = run;
  const tail = { ...run, losses: losses.subarray(from), accuracies: accuracies.subarray(from) };
  return { number: run.number, from, record: runRecord(compactRun(tail)) };
}

/** Whether a run has only gone on since. One that went back has another course from there. */
function isAhead({ losses, thinned }: Run, before: Run): boolean {
  const steps = before.losses.length;
  if (thinned !== before.thinned) return false;
  return losses.length >= steps && (losses.buffer === before.losses.buffer || isSameSteps(losses, before.losses));
}

function isSameSteps(losses: Float32Array, before: Float32Array): boolean {
  return before.every((loss, step) => Object.is(loss, losses[step]));
}
