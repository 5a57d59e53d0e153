import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FREE, RULING } from '../../../../src/features/ruling.tsx';
import { SweepRest } from '../../../../src/features/SweepRest.tsx';
import { SweepButton } from '../../../../src/features/sweep/SweepButton.tsx';
import { SweepDialog } from '../../../../src/features/sweep/SweepDialog.tsx';
import { choose, PanelLab, press } from '../../support/panel-lab.tsx';

let page: PanelLab;
const onClose = vi.fn();

beforeEach(() => {
  page = new PanelLab();
  page.ready();
  onClose.mockClear();
});
afterEach(cleanup);

const open = () => page.show(<SweepDialog onClose={onClose} />);
const start = () => screen.getByRole('button', { name: /^Train/ });
const values = (text: string, axis = 0) => {
  const field = screen.getAllByLabelText('with the values')[axis];
  if (field === undefined) throw new Error(`There is no axis ${axis}.`);
  fireEvent.change(field, { target: { value: text } });
};
const rows = () =>
  within(screen.getByRole('table', { name: 'Runs of the sweep' }))
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    );

describe('the plan', () => {
  test('names a run for each value, and trains them one after the other with the seed of the draft', () => {
    open();
    values('0.1, 0.01');
    expect(start().textContent).toBe('Train 2 runs');
    fireEvent.click(start());
    expect(page.sent.at(-1)).toMatchObject({ type: 'train', run: 1, recipe: { learningRate: 0.1, seed: 42 } });
    expect(page.commands).toEqual(['train']);
    page.finish(1);
    expect(page.sent.at(-1)).toMatchObject({ type: 'train', run: 2, recipe: { learningRate: 0.01, seed: 42 } });
  });

  test('of two hyperparameters trains every pair, and one can be taken away again', () => {
    open();
    press('Add a second hyperparameter');
    values('16, 64, 256', 1);
    expect(start().textContent).toBe('Train 9 runs');
    press('Only one hyperparameter');
    expect(start().textContent).toBe('Train 3 runs');
  });

  test('cannot start with values that make no sense, and says what is wrong with them', () => {
    open();
    values('0.1');
    expect(start()).toHaveProperty('disabled', true);
    expect(screen.getByText('Enter at least two values, separated by commas.')).toBeTruthy();
    values('0.1, 99');
    expect(screen.getByText('Learning rate must be at most 10.')).toBeTruthy();
    values('1, 2, 3, 4, 5, 6, 7, 8');
    press('Add a second hyperparameter');
    values('1, 2, 3, 4, 5, 6, 7', 1);
    expect(screen.getByText('That would be 56 runs. Enter fewer values: at most 48 runs are allowed.')).toBeTruthy();
    expect(start()).toHaveProperty('disabled', true);
  });

  test('cannot start with what an assignment forbids, and says which runs', () => {
    open();
    act(() => RULING.setState({ ...FREE, allows: ({ recipe }) => recipe.learningRate < 0.1 }, true));
    values('0.2, 0.01, 0.1');
    expect(
      screen.getByText('The assignment does not allow these runs: lr 0.2; lr 0.1. Choose other values.'),
    ).toBeTruthy();
    expect(start()).toHaveProperty('disabled', true);
    values('0.02, 0.01');
    expect(start().textContent).toBe('Train 2 runs');
    act(() => RULING.setState(FREE, true));
  });

  test.each<readonly [string, () => void, string]>([
    ['a run is under way', () => page.startRun(), 'A run is under way. Let it finish, or reset it first.'],
    [
      'the network is faulty',
      () => page.lab.draft.edit([{ type: 'remove', id: 'flatten-1' }], 'delete Flatten'),
      'The network cannot be trained yet. The red card says what is wrong and how to fix it.',
    ],
    [
      'nothing is set aside for validation',
      () => page.lab.draft.setRecipe({ validationSplit: 0 }, 'no validation'),
      'Without validation images there is no way to tell which value is best. Set a validation split.',
    ],
  ])('cannot start while %s, and says so', (_what, happen, sentence) => {
    open();
    expect(start().getAttribute('aria-description')).toBeNull();
    act(happen);
    expect(start().getAttribute('aria-description')).toBe(sentence);
    const before = page.commands.length;
    fireEvent.click(start());
    expect(page.commands).toHaveLength(before);
  });

  test('says how long it will take, by how fast this device trains the smallest and the largest batch', async () => {
    open();
    fireEvent.change(screen.getByLabelText('Try'), { target: { value: '1' } });
    values('10, 20, 100');
    expect(screen.getByText('The time can be estimated once all training images have loaded.')).toBeTruthy();
    page.arrive(60_000 - page.lab.dataSet.store.getState().trainingImages);
    expect(screen.getByText('Estimating the time …')).toBeTruthy();
    await page.answerSpeed(10, { once: 1, step: 0.001, judgedSample: 0, histograms: 0 });
    expect(screen.getByText('Estimating the time …')).toBeTruthy();
    await page.answerSpeed(100, { once: 1, step: 0.01, judgedSample: 0, histograms: 0 });
    // 15 epochs of 48,000 samples at a ten-thousandth of a second each.
    expect(screen.getByText(/^~4\smin, measured on this device$/)).toBeTruthy();
  });

  test('starts without an estimate where none can be had', async () => {
    page.arrive(60_000 - page.lab.dataSet.store.getState().trainingImages);
    open();
    await page.refuseSpeed();
    expect(screen.queryByText('Estimating the time …')).toBeNull();
    expect(start()).toHaveProperty('disabled', false);
  });
});

test('nothing is chosen by the test set, nor is it looked at in the end', () => {
  open();
  fireEvent.click(start());
  expect(page.sent.at(-1)).toMatchObject({ type: 'train', run: 1, judgesTest: false });
  act(() => page.lab.draft.setRecipe({ validateOn: 'test' }, 'validate on the test set'));
  cleanup();
  open();
  press('Stop the sweep');
  page.phase(1, 'finished');
  press('Plan another sweep');
  expect(start().getAttribute('aria-description')).toContain('validates on the test set');
});

test('several seeds have a mean and a spread, no line between them and no winner', () => {
  open();
  choose('Try', 'Seed');
  values('1, 2, 3');
  fireEvent.click(start());
  page.finish(1, 1, { loss: 0.5, accuracy: 0.8 });
  page.finish(2, 1, { loss: 0.4, accuracy: 0.82 });
  page.finish(3, 1, { loss: 0.3, accuracy: 0.84 });
  const list = screen.getByRole('list', { name: 'Mean and spread over the seeds' });
  expect(list.textContent).toBe('mean 82.0\u202f% ± 2.0\u202fpt (standard deviation) over 3 seeds');
  expect(document.querySelectorAll('.sweep-plot polyline, .sweep-plot .ring, tr.low')).toHaveLength(0);
});

describe('the results', () => {
  beforeEach(() => {
    open();
    values('0.1, 0.01');
    fireEvent.click(start());
  });

  test('list what each run reached, and what still waits', () => {
    expect(screen.getByText('Training 0 of 2 runs')).toBeTruthy();
    page.finish(1, 2, { loss: 0.5, accuracy: 0.8 });
    expect(screen.getByText('Training 1 of 2 runs')).toBeTruthy();
    expect(rows()[0]?.slice(1, 4)).toEqual(['80.0\u202f%', '0.500', '1']);
    page.finish(2, 1, { loss: 0.25, accuracy: 0.9 });
    expect(screen.getByText('Trained 2 of 2 runs')).toBeTruthy();
    expect(rows()[1]?.slice(1, 3)).toEqual(['90.0\u202f%', '0.250']);
  });

  test('the sweep is stopped: its run pauses and no other begins', () => {
    page.phase(1, 'training');
    press('Stop the sweep');
    expect(page.sent.at(-1)).toEqual({ type: 'pause', run: 1 });
    page.phase(1, 'finished');
    expect(page.commands.filter((command) => command === 'train')).toHaveLength(1);
    expect(rows()[1]?.[0]).toBe('waiting');
  });

  test('closing lets it train on, and it is there again when it is opened', () => {
    press('Close and keep training');
    expect(onClose).toHaveBeenCalledOnce();
    cleanup();
    page.finish(1);
    open();
    expect(screen.getByText('Training 1 of 2 runs')).toBeTruthy();
    page.finish(2);
    press('Plan another sweep');
    expect(start().textContent).toBe('Train 3 runs');
  });

  test('the button shows that it runs', () => {
    page.show(<SweepButton onOpen={onClose} />);
    const button = screen.getByRole('button', { name: 'Sweep, running' });
    expect(button.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(button);
    expect(onClose).toHaveBeenCalledOnce();
    page.finish(1);
    page.finish(2);
    expect(screen.getByRole('button', { name: 'Sweep a hyperparameter' }).getAttribute('aria-pressed')).toBe('false');
  });
});

describe('what is left of a sweep', () => {
  test('is offered where it was stopped, here and beside the runs, and goes on', () => {
    open();
    page.show(<SweepRest />);
    const offers = () => screen.queryAllByRole('button', { name: /^Go on with the sweep/ });
    values('0.1, 0.01, 0.001');
    fireEvent.click(start());
    expect(offers()).toEqual([]);
    page.finish(1);
    press('Stop the sweep');
    page.phase(2, 'paused');
    expect(offers().map((offer) => offer.getAttribute('aria-label'))).toEqual(
      new Array(2).fill('Go on with the sweep: 2 runs left'),
    );
    const [offer] = offers();
    if (offer !== undefined) fireEvent.click(offer);
    expect(page.sent.at(-1)).toEqual({ type: 'advance', run: 2, advance: 'run' });
    expect(offers()).toEqual([]);
  });

  test('cannot go on while another run is under way', () => {
    page.show(<SweepRest />);
    const draft = page.lab.draft.store.getState();
    act(() => page.lab.runs.queue.restore({ purpose: 'sweep', plans: [{ name: 'lr 0.1', draft, run: null }] }));
    page.startRun();
    const offer = screen.getByRole('button', { name: 'Go on with the sweep: 1 run left' });
    expect(offer.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(offer);
    expect(page.commands).toEqual(['train']);
  });
});
