import type { Lab } from '../../state/lab.ts';
import type { QueuedPlan } from '../../state/queue.ts';
import { type Run, stepOf } from '../../state/run.ts';
import { isBusy } from '../../state/runs.ts';
import { draftText, parseDraft } from '../../state/saved-draft.ts';
import type { TabState } from '../../state/tab.ts';
import type { GoesOn } from './messages.ts';

/** Milliseconds that a step under way, and what the worker tells of it, may take. */
const PATIENCE = 10_000;

/** Pauses what trains. Resolves when its checkpoint is here, with what another tab goes on with; null where nothing trained. */
export async function pauseForOther(lab: Lab): Promise<GoesOn | null> {
  const { runs } = lab;
  const { current } = runs.store.getState();
  const advance = lab.askedAdvance();
  const { state, purpose, plans } = runs.queue.store.getState();
  const texts = plans.map((plan) => ({ ...plan, draft: draftText(plan.draft) }));
  const queued = state === 'running' ? { purpose, plans: texts } : null;
  runs.queue.stop();
  if (current === null || !isBusy(current.phase)) return null;
  runs.pause();
  await stands(lab);
  return advance === null ? null : { run: current.number, advance, queued };
}

/** Resolves when the current run stands at a checkpoint, or when that takes too long. */
function stands({ runs }: Lab): Promise<void> {
  const { store, checkpoints } = runs;
  const isStanding = (run: Run) =>
    !isBusy(run.phase) && (stepOf(run) === 0 || checkpoints.inMemory(run.number)?.snapshot.step === stepOf(run));
  const isDone = () => {
    const { current } = store.getState();
    return current === null || current.phase === 'failed' || isStanding(current);
  };
  if (isDone()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      resolve();
    };
    const look = () => isDone() && end();
    const timer = setTimeout(end, PATIENCE);
    const stops = [store.subscribe(look), checkpoints.listen(look)];
  });
}

/** This tab works no more: its worker drops the run, of which another tab knows how it goes on, and nothing is changed here. */
export function leave({ runs, tab }: Lab, other: TabState['other']): void {
  const shown = runs.store.getState();
  runs.queue.store.setState({ state: 'idle' });
  if (shown.current !== null) runs.reset();
  for (const number of runs.checkpoints.numbers.getState()) runs.checkpoints.forget(number);
  tab.store.setState({ role: 'reads', other, tookFromSilent: false });
  runs.store.setState(shown);
}

/** Goes on with a run once it is back, unless something else is begun meanwhile. */
export function goOn({ runs }: Lab, { run, advance, queued }: GoesOn, signal: AbortSignal): void {
  const { store } = runs;
  const isBack = () => {
    const { current } = store.getState();
    return current !== null && current.number === run && current.phase === 'paused';
  };
  const look = () => {
    if (!isBack()) return;
    stop();
    // Whoever listens hears of the run before its worker is told of it.
    queueMicrotask(() => {
      const plans = plansOf(queued, store.getState().current);
      if (queued !== null && plans.length > 0)
        runs.queue.store.setState({ purpose: queued.purpose, plans, state: 'running' });
      runs.advance(advance);
    });
  };
  const stop = store.subscribe(look);
  signal.addEventListener('abort', stop);
  look();
}

/** The plans of a queue, which are all for the data set of the run that is under way. */
function plansOf(queued: GoesOn['queued'], current: Run | null): readonly QueuedPlan[] {
  if (queued === null || current === null) return [];
  const { dataset } = current.draft;
  return queued.plans.flatMap(({ draft: text, ...plan }) => {
    const draft = parseDraft(text, dataset);
    return draft === null ? [] : [{ ...plan, draft }];
  });
}
