import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Visit } from '../../../../src/features/visit/Visit.tsx';
import { PanelLab, press } from '../../support/panel-lab.tsx';

let page: PanelLab;
const onView = vi.fn<(view: string) => void>();
const onTab = vi.fn<(tab: string) => void>();
const onClose = vi.fn<() => void>();

/** The first steps, beside what they point at. */
beforeEach(() => {
  vi.clearAllMocks();
  page = new PanelLab();
  page.show(
    <>
      <Visit onView={onView} onTab={onTab} onLessons={vi.fn()} onClose={onClose} />
      <div className="transport">
        <button type="button" className="btn-primary">
          Train
        </button>
      </div>
      <div className="charts" />
      <div className="insight" />
      <div className="col-results">
        <div className="pad" />
        <div className="bars" />
      </div>
    </>,
  );
  page.ready();
});
afterEach(cleanup);

const words = () => screen.getByRole('status').textContent;
const ringed = () => [...document.querySelectorAll('[data-ringed]')].map(({ className }) => className);
const draw = () => act(() => page.lab.questions.show(new Uint8Array(784).fill(9)));

test('there are two sentences and a door to each guided minute', () => {
  expect(screen.getByText(/Here you build a neural network.*Where would you like to start\?$/)).toBeTruthy();
  const doors = screen.getAllByRole('button').map(({ textContent }) => textContent);
  expect(doors.slice(0, 5)).toEqual([
    'Train your first network',
    'See overfitting',
    'Draw a garment',
    'Learn by doing, 5 minutes each',
    'Skip',
  ]);
});

test('the first network is trained step by step, each step with a ring around what it speaks of', () => {
  press('Train your first network');
  expect(words()).toMatch(/^1 of 4 Press Train\./);
  expect(ringed()).toEqual(['btn-primary']);
  expect(screen.queryByRole('button', { name: 'Next' })).toBeNull();
  page.startRun();
  expect(words()).toMatch(/^2 of 4 Watch the curves\./);
  expect(ringed()).toEqual(['charts']);
  page.phase(1, 'training');
  page.steps(1, 10);
  expect(words()).toMatch(/^2 of 4/);
  page.epoch(1, 1, { loss: 0.5, accuracy: 0.8 });
  expect(words()).toMatch(/^3 of 4 This line says in words/);
  expect(ringed()).toEqual(['insight']);
  press('Next');
  expect(words()).toMatch(/^4 of 4 Each row is a true class/);
  expect(ringed()).toEqual(['col-results']);
  expect(onView).toHaveBeenLastCalledWith('results');
  expect(onTab).toHaveBeenLastCalledWith('confusion');
  expect(onClose).not.toHaveBeenCalled();
  press('Done');
  expect(onClose).toHaveBeenCalledOnce();
});

test('overfitting is seen on its own preset, once eight epochs are over', () => {
  press('See overfitting');
  expect(page.lab.draft.store.getState().presetId).toBe('overfitting-demo');
  expect(words()).toMatch(/^1 of 3 This network is large, and it gets few images\. Press Train\./);
  page.startRun();
  page.phase(1, 'training');
  for (let epoch = 1; epoch <= 7; epoch++) page.epoch(1, epoch, { loss: 0.5, accuracy: 0.8 });
  expect(words()).toMatch(/^2 of 3 The blue loss keeps falling\./);
  page.epoch(1, 8, { loss: 0.6, accuracy: 0.8 });
  expect(words()).toMatch(/^3 of 3 The verdict/);
});

test('a drawing leads on to its answer', () => {
  press('Draw a garment');
  expect(words()).toMatch(/^1 of 2 Draw a garment on the pad/);
  expect(ringed()).toEqual(['pad']);
  expect(onTab).toHaveBeenLastCalledWith('draw');
  draw();
  expect(words()).toMatch(/^2 of 2 The bars/);
  expect(ringed()).toEqual(['bars']);
});

test('each step can be skipped, by its button and by Escape', () => {
  press('Draw a garment');
  press('Skip');
  expect(onClose).toHaveBeenCalledOnce();
  fireEvent.keyDown(document.body, { key: 'Escape' });
  expect(onClose).toHaveBeenCalledTimes(2);
});

test('the ring is gone with the first steps', () => {
  press('Train your first network');
  expect(ringed()).toHaveLength(1);
  cleanup();
  expect(ringed()).toEqual([]);
});
