import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LessonNotesContext } from '../../../../src/features/lesson-notes.ts';
import { LessonPanel } from '../../../../src/features/lessons/LessonPanel.tsx';
import { LessonsDialog } from '../../../../src/features/lessons/LessonsDialog.tsx';
import { PanelLab, press } from '../../support/panel-lab.tsx';

const TITLE = 'What a convolution buys';
const kept = new Map<string, string>();
const notes = {
  read: (id: string) => kept.get(id) ?? null,
  write: (id: string, text: string) => void kept.set(id, text),
};
const onList = vi.fn<() => void>();
const onClose = vi.fn<() => void>();

let page: PanelLab;
const show = () =>
  page.show(
    <LessonNotesContext value={notes}>
      <LessonPanel id="convolution" onList={onList} onClose={onClose} />
    </LessonNotesContext>,
  );
const lesson = () => within(screen.getByRole('region', { name: TITLE }));
const choose = (label: RegExp) => fireEvent.click(lesson().getByLabelText(label));

beforeEach(() => {
  kept.clear();
  onList.mockReset();
  page = new PanelLab();
  page.ready();
  for (let shard = 0; shard < 6; shard++) page.arrive();
  show();
});
afterEach(cleanup);

/** Up to the end of the runs: the dense one reaches the first accuracy, the convolution the second. */
function decide(dense: number, convolution: number) {
  press('Next');
  choose(/The dense network/);
  press('Predict');
  press('Train the 2 runs');
  page.finish(1, 6, { loss: 0.5, accuracy: dense });
  page.finish(2, 6, { loss: 0.5, accuracy: convolution });
}

test('nothing is trained before it is predicted, and a prediction has to be made', () => {
  expect(lesson().queryByRole('button', { name: /Train/ })).toBeNull();
  press('Next');
  press('Predict');
  expect(lesson().queryByRole('button', { name: /Train/ })).toBeNull();
  choose(/Neither/);
  press('Predict');
  expect(lesson().getByRole('button', { name: 'Train the 2 runs' })).toBeTruthy();
  expect(lesson().getByRole<HTMLFieldSetElement>('group').disabled).toBe(true);
});

test('the runs train one after the other and leave the test set alone', () => {
  press('Next');
  choose(/Neither/);
  press('Predict');
  press('Train the 2 runs');
  expect(page.commands).toEqual(['train']);
  page.finish(1, 6);
  expect(page.sent.filter(({ type }) => type === 'train')).toMatchObject([
    { judgesTest: false },
    { judgesTest: false },
  ]);
});

test('what was measured decides, and the sentence at the end has its figures', () => {
  decide(0.81, 0.86);
  expect(lesson().getByText('Not as you predicted.').parentElement?.textContent).toContain('The convolutional network');
  press('Next');
  press('Compare with an explanation');
  expect(lesson().queryByText(/A sleeve is a sleeve/)).toBeNull();
  fireEvent.change(lesson().getByLabelText('In your own words'), { target: { value: 'It shares.' } });
  press('Compare with an explanation');
  expect(lesson().getByText(/A sleeve is a sleeve/).textContent).toContain('86.0\u202f% against 81.0\u202f%');
  press('Next');
  expect(lesson().getByRole('button', { name: 'Train the run' })).toBeTruthy();
  press('Next');
  expect(lesson().getByText(/the convolutional network reached 86.0/)).toBeTruthy();
  press('Done');
  expect(onList).toHaveBeenCalledOnce();
});

test('another measurement gives another outcome', () => {
  decide(0.86, 0.81);
  expect(lesson().getByText('As you predicted.')).toBeTruthy();
});

test('it goes on where it was left, and can begin again', () => {
  decide(0.81, 0.86);
  press('Next');
  cleanup();
  show();
  expect(lesson().getByLabelText<HTMLInputElement>(/The dense network/).checked).toBe(true);
  expect(lesson().getByText('Not as you predicted.')).toBeTruthy();
  expect(lesson().getByLabelText('In your own words')).toBeTruthy();
});

test('what was kept in another form is a lesson that was not begun', () => {
  cleanup();
  kept.set('convolution', '{"step":"nowhere"}');
  show();
  expect(lesson().queryByRole('group')).toBeNull();
  expect(lesson().getByRole('button', { name: 'Next' })).toBeTruthy();
});

test('the list says how far each lesson is, and opens one', () => {
  decide(0.81, 0.86);
  cleanup();
  const onOpen = vi.fn<(id: string) => void>();
  page.show(
    <LessonNotesContext value={notes}>
      <LessonsDialog onOpen={onOpen} onClose={onClose} />
    </LessonNotesContext>,
  );
  const list = within(screen.getByRole('list', { name: 'Lessons' }));
  expect(list.getByRole('button', { name: /What a convolution buys/ }).textContent).toContain('begun');
  fireEvent.click(list.getByRole('button', { name: /Your first network/ }));
  expect(onOpen).toHaveBeenCalledWith('first-network');
});
