import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LessonNotesContext } from '../../../../src/features/lesson-notes.ts';
import { LessonPanel } from '../../../../src/features/lessons/LessonPanel.tsx';
import { PanelLab, press } from '../../support/panel-lab.tsx';

const kept = new Map<string, string>();
const notes = {
  read: (id: string) => kept.get(id) ?? null,
  write: (id: string, text: string) => void kept.set(id, text),
};
const onList = vi.fn<() => void>();

let page: PanelLab;
const show = (id: string) =>
  page.show(
    <LessonNotesContext value={notes}>
      <LessonPanel id={id} onList={onList} onClose={() => {}} />
    </LessonNotesContext>,
  );
const recipes = () => page.sent.flatMap((command) => (command.type === 'train' ? [command.recipe] : []));

beforeEach(() => {
  kept.clear();
  onList.mockReset();
  page = new PanelLab();
  page.ready();
});
afterEach(() => {
  cleanup();
  history.replaceState(null, '', '/');
});

describe('a curve that is sketched', () => {
  const point = (epoch: number) =>
    screen.getByRole<HTMLInputElement>('slider', { name: `Validation loss, epoch ${epoch}` });

  beforeEach(() => show('more-epochs'));

  test('is drawn by keyboard before the run, and locked when it begins', () => {
    press('Next');
    press('Predict');
    expect(screen.queryByRole('button', { name: 'Train the run' })).toBeNull();
    const before = point(1).valueAsNumber;
    fireEvent.keyDown(point(1), { key: 'ArrowUp' });
    expect(point(1).valueAsNumber).toBeGreaterThan(before);
    fireEvent.keyDown(point(1), { key: 'PageDown' });
    expect(point(1).valueAsNumber).toBeLessThan(before);
    point(1).focus();
    fireEvent.keyDown(point(1), { key: 'ArrowRight' });
    expect(document.activeElement).toBe(point(7));
    press('Predict');
    // `fieldset disabled` and the points themselves.
    expect(point(7).disabled).toBe(true);
    expect(screen.getByRole('button', { name: 'Train the run' })).toBeTruthy();
  });

  test('is compared in one sentence with what was measured, and stays', () => {
    press('Next');
    fireEvent.keyDown(point(40), { key: 'ArrowDown' });
    press('Predict');
    press('Train the run');
    page.finish(1, 40, { loss: 0.5, accuracy: 0.8 });
    const sentence =
      /On average the two curves are 0\.0\d+ apart: .* in epoch 40, the measured one in epoch 1, and at the end yours is at 0\.576, the measured one at 0\.500\./;
    expect(screen.getByText(sentence)).toBeTruthy();
    cleanup();
    show('more-epochs');
    expect(screen.getByText(sentence)).toBeTruthy();
    expect(point(40).valueAsNumber).toBeCloseTo(0.576);
  });
});

describe('on a slow device', () => {
  /** The speed at which every run of the lesson takes so many seconds a step. */
  const speed = (step: number) => ({ once: 0, step, judgedSample: 0, histograms: 0 });

  test('the runs are short, and the lesson says so', async () => {
    for (let shard = 1; shard < 60; shard++) page.arrive();
    show('first-network');
    await page.answerSpeed(32, speed(1));
    press('Next');
    fireEvent.click(screen.getByLabelText(/About half/));
    press('Predict');
    expect(await screen.findByText(/the runs are shorter: 1,000 instead of 2,000 images\./)).toBeTruthy();
    press('Train the run');
    expect(recipes()).toMatchObject([{ trainingImages: 1000 }]);
    page.finish(1, 5, { loss: 0.5, accuracy: 0.8 });
    expect(screen.getByText(/Not as you predicted/)).toBeTruthy();
    cleanup();
    show('first-network');
    expect(screen.getByText(/1,000 instead of 2,000 images/)).toBeTruthy();
    expect(screen.getByText(/Not as you predicted/)).toBeTruthy();
  });

  test('and not where every run takes less than a minute', async () => {
    for (let shard = 1; shard < 60; shard++) page.arrive();
    show('first-network');
    await page.answerSpeed(32, speed(0.001));
    press('Next');
    fireEvent.click(screen.getByLabelText(/About half/));
    press('Predict');
    expect(screen.queryByText(/runs are shorter/)).toBeNull();
    press('Train the run');
    expect(recipes()).toMatchObject([{ trainingImages: 2000 }]);
  });
});

test('a lesson that comes out otherwise says so before its explanation', () => {
  show('first-network');
  press('Next');
  fireEvent.click(screen.getByLabelText(/About half/));
  press('Predict');
  press('Train the run');
  page.finish(1, 5, { loss: 1, accuracy: 0.5 });
  press('Next');
  fireEvent.change(screen.getByLabelText('In your own words'), { target: { value: 'It guesses.' } });
  press('Compare with an explanation');
  expect(screen.getByText(/it came out differently from what is usual/)).toBeTruthy();
});

test('opening a lesson and training in it leaves the draft as it was', () => {
  const { draft } = page.lab;
  draft.setRecipe({ epochs: 3 }, 'three epochs');
  const before = draft.store.getState();
  show('first-network');
  press('Next');
  fireEvent.click(screen.getByLabelText(/About half/));
  press('Predict');
  press('Train the run');
  page.finish(1, 5);
  expect(draft.store.getState()).toBe(before);
});

test('one of another data set says which it opens', () => {
  show('rare-rain');
  press('Next');
  fireEvent.click(screen.getByLabelText(/Neither changes/));
  press('Predict');
  expect(screen.getByText(/opens the data set Seattle weather/)).toBeTruthy();
});

describe('the address', () => {
  test('names the lesson while it is open', () => {
    show('convolution');
    expect(location.hash).toBe('#lesson=convolution');
    cleanup();
    expect(location.hash).toBe('');
  });

  test('that names no lesson leads to a sentence and to the list', () => {
    show('alchemy');
    const found = within(screen.getByRole('region', { name: 'Lesson' }));
    expect(found.getByText('There is no lesson “alchemy” in this version of the app.')).toBeTruthy();
    press('All lessons');
    expect(onList).toHaveBeenCalledOnce();
  });
});
