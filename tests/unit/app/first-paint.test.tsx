import { afterEach, expect, test, vi } from 'vitest';
import { firstPaint } from '../../../src/app/first-paint.ts';

/** Tells of the paints that somebody observes. */
let paint: (() => void) | null = null;

class Observer {
  readonly #callback: () => void;

  constructor(callback: () => void) {
    this.#callback = callback;
  }

  observe({ type }: { readonly type: string }): void {
    if (type === 'paint') paint = this.#callback;
  }
}

afterEach(() => {
  paint = null;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('waits for the first paint', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('PerformanceObserver', Observer);
  const painted = vi.fn();
  const waiting = firstPaint().then(painted);
  await vi.advanceTimersByTimeAsync(1);
  expect(painted).not.toHaveBeenCalled();
  paint?.();
  await waiting;
});

test('does not wait for ever, and in a tab in the background not at all', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('PerformanceObserver', Observer);
  const late = firstPaint();
  await vi.runAllTimersAsync();
  await late;
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  await firstPaint();
});
