import type { Lab } from '../../state/lab.ts';
import type { QueuedPlan } from '../../state/queue.ts';
import type { Run } from '../../state/run.ts';
import { isBusy } from '../../state/runs.ts';
import { draftText, parseDraft } from '../../state/saved-draft.ts';
import type { TabState } from '../../state/tab.ts';
import { standing } from '../standing.ts';
import type { GoesOn } from './messages.ts';

/** Pauses what trains. Resolves when the checkpoint is here, with what another tab goes on with; null where nothing trained. */
export async function pauseForOther(lab: Lab): Promise<GoesOn | null> {
  const { runs } = lab;
  const { current } = runs.store.getState();
  const advance = lab.askedAdvance();
  const { state, purpose, plans } = runs.queue.store.getState();
  const texts = plans.map((plan) => ({ ...plan, draft: draftText(plan.draft) }));
  const queued = state === 'running' ? { purpose, plans: texts } : null;
  runs.queue.stop();
  const training = current !== null && isBusy(current.phase) ? current : null;
  if (training !== null) runs.pause();
  // Also of one that was paused just now.
  await standing(lab);
  return training === null || advance === null ? null : { run: training.number, advance, queued };
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
