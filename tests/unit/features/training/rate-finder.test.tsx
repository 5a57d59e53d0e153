import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RATE_RANGE, rateRangeOf } from '../../../../src/core/training/rate-range.ts';
import { RateFinder } from '../../../../src/features/training/RateFinder.tsx';
import { NO_RUNS } from '../../../../src/state/runs.ts';
import { PanelLab, press } from '../../support/panel-lab.tsx';

/** Losses that fall from the 50th step to the 100th, and rise far above from there on. */
const LOSSES = Array.from({ length: RATE_RANGE.steps }, (_, step) => {
  if (step > 100) return 0.6 + 0.2 * (step - 100);
  return 2.3 - 1.7 * Math.min(1, Math.max(0, (step - 50) / 50));
});
const SUGGESTED = rateRangeOf(LOSSES).suggestion;

let page: PanelLab;
beforeEach(() => {
  page = new PanelLab();
  page.show(<RateFinder />);
});
afterEach(cleanup);

const rate = () => page.lab.draft.store.getState().recipe.learningRate;

test('the test suggests a rate and says why; using it changes the draft alone, and Undo takes it back', async () => {
  page.ready();
  const before = rate();
  press('Find a learning rate');
  press('Start the test');
  await page.answerRates(LOSSES);
  expect(screen.getByText(/a quarter of the rate with the lowest loss/).textContent).toMatch(/Smith, 2017/);
  expect(screen.getByRole('img').getAttribute('aria-label')).toMatch(/it diverged, and the test ended/);
  expect(rate()).toBe(before);
  press('Use this rate');
  expect(rate()).toBe(SUGGESTED);
  expect(rate()).not.toBe(before);
  press('Undo');
  expect(rate()).toBe(before);
  expect(page.lab.runs.store.getState()).toEqual(NO_RUNS);
});

test('nothing is suggested where no rate trains', async () => {
  page.ready();
  press('Find a learning rate');
  press('Start the test');
  await page.answerRates(LOSSES.map(() => 2.3));
  expect(screen.getByRole('status').textContent).toMatch(/hardly fell at any rate/);
  expect(screen.queryByRole('button', { name: 'Use this rate' })).toBeNull();
});

test('it waits until no run trains, and closing it asks for no answer any more', async () => {
  page.ready();
  press('Find a learning rate');
  press('Start the test');
  press('Close');
  expect(page.cancelled).toBe(1);
  page.lab.runs.toggle();
  page.phase(1, 'training');
  press('Find a learning rate');
  expect(screen.getByRole('button', { name: /Start the test/ }).getAttribute('aria-disabled')).toBe('true');
});
