import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { lookAgain } from '../../../src/app/look-again.ts';
import type { RunPhase } from '../../../src/protocol/events.ts';
import { newRun } from '../../../src/state/run.ts';
import { NO_RUNS, type Runs } from '../../../src/state/runs.ts';
import { draft } from './archive/full-run.ts';

const MINUTE = 60_000;
let page: EventTarget & { visibilityState?: string };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** After so many minutes the page is hidden, or somebody comes back to it. */
function turn(minutes: number, visibilityState: 'visible' | 'hidden'): void {
  vi.advanceTimersByTime(minutes * MINUTE);
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event('visibilitychange'));
}

function watch() {
  const runs = createStore<Runs>(() => NO_RUNS);
  const look = vi.fn();
  const end = new AbortController();
  lookAgain({ runs, signal: end.signal, look });
  const enter = (phase: RunPhase) => runs.setState({ current: { ...newRun(1, draft, 'CNN'), phase } });
  return { look, end, enter };
}

test('a new version is looked for when somebody comes back after an hour, at most once an hour', () => {
  const { look, end } = watch();
  turn(59, 'visible');
  expect(look).toHaveBeenCalledTimes(0);
  turn(1, 'hidden');
  expect(look).toHaveBeenCalledTimes(0);
  turn(1, 'visible');
  expect(look).toHaveBeenCalledTimes(1);
  turn(59, 'visible');
  expect(look).toHaveBeenCalledTimes(1);
  turn(1, 'visible');
  expect(look).toHaveBeenCalledTimes(2);
  end.abort();
  turn(100, 'visible');
  expect(look).toHaveBeenCalledTimes(2);
});

test('and not in mid-training', () => {
  const { look, enter } = watch();
  enter('training');
  turn(70, 'visible');
  expect(look).toHaveBeenCalledTimes(0);
  enter('paused');
  turn(1, 'visible');
  expect(look).toHaveBeenCalledTimes(1);
});
