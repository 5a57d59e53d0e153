import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DrawPanel } from '../../../../src/features/drawing/DrawPanel.tsx';
import { createRowStore } from '../../../../src/features/drawing/typed-row.ts';
import { useDrawing } from '../../../../src/features/drawing/use-drawing.ts';
import { PanelLab, press } from '../../support/panel-lab.tsx';

let page: PanelLab;

const ROW = createRowStore();

function Panel() {
  return <DrawPanel control={useDrawing()} row={ROW} />;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout'] });
  page = new PanelLab();
  page.show(<Panel />);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const frame = () => act(() => vi.advanceTimersToNextFrame());
/** Draws a line across the pad, that many pixels from its top. */
const line = (y: number) => {
  const pad = screen.getByLabelText('Drawing pad');
  vi.spyOn(pad, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 280, 280));
  fireEvent.pointerDown(pad, { clientX: 60, clientY: y, button: 0 });
  fireEvent.pointerMove(pad, { clientX: 220, clientY: y });
  fireEvent.pointerUp(pad);
};
const draw = (y = 100) => {
  line(y);
  frame();
};
const bars = () => within(screen.getByRole('list', { name: 'Prediction' })).getAllByRole('listitem');

test('before anything is drawn there is no answer, and the panel says what to do', () => {
  expect(screen.getByText('Draw a garment; the network guesses')).toBeTruthy();
  expect(screen.getByText('draw something')).toBeTruthy();
  expect(bars()).toHaveLength(10);
  expect(bars().every((bar) => bar.getAttribute('aria-label')?.endsWith(', no answer yet'))).toBe(true);
  expect(page.drawings).toEqual([]);
});

test('a stroke is shown to the network at once, as the data set would store it', () => {
  draw();
  expect(page.drawings).toHaveLength(1);
  expect(page.drawings[0]).toHaveLength(784);
  expect(page.drawings[0]?.some((value) => value > 0)).toBe(true);
  expect(screen.getByText('train a network first')).toBeTruthy();
});

test('the answer says who gives it, the first two guesses, and a bar for each class', async () => {
  draw();
  await page.predict('shipped', 3000, { 8: 0.75, 4: 0.25 });
  expect(screen.getByText('A network trained in advance answers')).toBeTruthy();
  expect(screen.getByText('test 91.8 %')).toBeTruthy();
  expect(screen.getByText('Bag, 75 %')).toBeTruthy();
  expect(screen.getByText('then Coat, 25 %')).toBeTruthy();
  expect(bars().map((bar) => bar.getAttribute('aria-label'))).toContain('Bag 75.0 %');
});

test('a run answers with the step of its weights, and a sure answer has nothing beside it', async () => {
  draw(200);
  await page.predict(2, 1234, { 1: 0.998, 3: 0.002 });
  expect(screen.getByText('Run 2 answers')).toBeTruthy();
  expect(screen.getByText('weights of step 1,234')).toBeTruthy();
  expect(screen.getByText('nothing else comes close')).toBeTruthy();
});

test('several changes within a frame are one question', () => {
  line(100);
  line(200);
  frame();
  expect(page.drawings).toHaveLength(1);
});

test('a pad that was cleared has no answer any more', async () => {
  draw();
  await page.predict('shipped', 3000, { 8: 1 });
  press('Clear the pad');
  frame();
  expect(screen.getByText('No answer yet')).toBeTruthy();
  expect(screen.getByText('draw something')).toBeTruthy();
});

test('the training images are searched once the hand has rested, and not before', async () => {
  draw();
  act(() => vi.advanceTimersByTime(700));
  draw(200);
  act(() => vi.advanceTimersByTime(700));
  expect(page.searches).toBe(0);
  act(() => vi.advanceTimersByTime(200));
  await vi.waitFor(() => expect(page.searches).toBe(1));
});

/** Draws a closed square with the pen, without lifting it. */
const drawSquare = () => {
  const pad = screen.getByLabelText('Drawing pad');
  vi.spyOn(pad, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 280, 280));
  const corners = [
    [60, 60],
    [220, 60],
    [220, 220],
    [60, 220],
    [60, 60],
  ] as const;
  fireEvent.pointerDown(pad, { clientX: 60, clientY: 60, button: 0 });
  for (const [clientX, clientY] of corners) fireEvent.pointerMove(pad, { clientX, clientY });
  fireEvent.pointerUp(pad);
  frame();
};
const middle = () => page.lab.questions.drawing.getState().pixels?.[14 * 28 + 14];

test('an outline is shown to the network filled, with a note that says why, and as it is where that is turned off', () => {
  drawSquare();
  expect(middle()).toBeGreaterThan(100);
  expect(screen.getByText(/^Filled, because the network knows garments as filled shapes\./).tagName).toBe('SPAN');
  press('Leave outlines empty');
  expect(middle()).toBe(0);
  expect(screen.getByText(/^Not filled: the network knows garments as filled shapes\./).tagName).toBe('SPAN');
  press('Fill outlines');
  expect(middle()).toBeGreaterThan(100);
});

test('a stroke that encloses nothing has no note', () => {
  draw();
  expect(screen.queryByText(/filled shapes/)).toBeNull();
});

test('no probability is shown as 100 %', async () => {
  draw();
  await page.predict('shipped', 3000, { 8: 1 });
  expect(screen.getByText('Bag, >99 %').tagName).toBe('B');
  expect(bars().map((bar) => bar.getAttribute('aria-label'))).toContain('Bag >99.9 %');
});
