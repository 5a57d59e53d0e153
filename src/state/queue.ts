import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Draft } from './draft.ts';
import type { Run } from './run.ts';
import type { Runs } from './runs.ts';

/** A run to come. */
export interface Plan {
  readonly draft: Draft;
  /** What the run will be called. */
  readonly name: string;
  /** False where the test set is left alone at the end; else left out. */
  readonly judgesTest?: boolean;
  /** Whose weights it begins with: a run by its number, or that of a plan before it by its place; left out for new ones. */
  readonly from?: { readonly run: number } | { readonly plan: number };
}

/** A plan and, once it has begun, the number of its run. */
export interface QueuedPlan extends Plan {
  readonly run: number | null;
}

/** Runs that train one after the other. */
export interface Queued {
  /** Who asked for them: `sweep`, `demo`; empty before anyone did. */
  readonly purpose: string;
  readonly plans: readonly QueuedPlan[];
  readonly state: 'idle' | 'running';
}

/** Trains runs one after the other until they are done, somebody stops it, or another run takes the place of one. */
export interface Queue {
  readonly store: StoreApi<Queued>;
  /** Forgets what was queued before and begins; plans that cannot be trained are left out. */
  start(purpose: string, plans: readonly Plan[]): void;
  /** Pauses the run under way and starts no other. */
  stop(): void;
  /** Goes on where it stopped: with the run that was under way, or the one after it. Nothing while another run is at work. */
  goOn(): void;
  /** Puts plans of an earlier visit there, some of which may have begun. Nothing starts by that. */
  restore(kept: KeptQueue): void;
}

/** What of a queue outlasts the page. */
export type KeptQueue = Pick<Queued, 'purpose' | 'plans'>;

/** How many of the runs are not over yet, where the queue stands still; 0 while it is under way. */
export function runsLeft({ plans, state }: Queued, { current }: Pick<Runs, 'current'>): number {
  if (state === 'running') return 0;
  const isLeft = ({ run }: QueuedPlan) => run === null || (run === current?.number && !isOver(current));
  return plans.filter(isLeft).length;
}

/** What the queue stands on. */
export interface QueueOptions {
  readonly runs: StoreApi<Runs>;
  /** Trains a draft to its end, from the weights of a run or from new ones, and gives the number of the run; null where it cannot be trained. */
  train(plan: Plan, from: number | null): number | null;
  pause(): void;
  /** Trains the current run to its end. */
  advance(): void;
}

/** Whether a run is through: it failed, or it ended and its test result, where it gets one, is known. */
function isOver({ phase, test, judgesTest = true }: Run): boolean {
  return phase === 'failed' || (phase === 'finished' && (test !== null || !judgesTest));
}

/** A queue over the runs of a lab. */
export function createQueue({ runs, train, pause, advance }: QueueOptions): Queue {
  const store = createStore<Queued>(() => ({ purpose: '', plans: [], state: 'idle' }));
  // While a run is being started the runs change before its number is known.
  let starting = false;
  const begin = (plan: Plan) => {
    const { from } = plan;
    const source = from === undefined ? null : 'run' in from ? from.run : store.getState().plans[from.plan]?.run;
    // The run that it was to begin with could not be trained.
    if (from !== undefined && typeof source !== 'number') return null;
    starting = true;
    const run = train(plan, source ?? null);
    starting = false;
    return run;
  };
  const next = () => {
    const { plans } = store.getState();
    const at = plans.findIndex(({ run }) => run === null);
    const plan = plans[at];
    if (plan === undefined) return store.setState({ state: 'idle' });
    const run = begin(plan);
    store.setState({ plans: run === null ? plans.toSpliced(at, 1) : plans.with(at, { ...plan, run }) });
    if (run === null) next();
  };
  runs.subscribe(({ current }) => {
    const { state, plans } = store.getState();
    if (starting || state === 'idle') return;
    if (current?.number !== plans.findLast(({ run }) => run !== null)?.run) store.setState({ state: 'idle' });
    else if (current !== null && isOver(current)) next();
  });
  return {
    store,
    start(purpose, plans) {
      store.setState({ purpose, plans: plans.map((plan) => ({ ...plan, run: null })), state: 'running' });
      next();
    },
    stop() {
      if (store.getState().state === 'idle') return;
      store.setState({ state: 'idle' });
      pause();
    },
    goOn() {
      const { current } = runs.getState();
      const isMine = store.getState().plans.findLast(({ run }) => run !== null)?.run === current?.number;
      if (runsLeft(store.getState(), { current }) === 0) return;
      const isUnderWay = current !== null && !isOver(current);
      if (isUnderWay && !isMine && current.phase !== 'finished') return;
      store.setState({ state: 'running' });
      if (isUnderWay && isMine) advance();
      else next();
    },
    restore: ({ purpose, plans }) => store.setState({ purpose, plans, state: 'idle' }),
  };
}
