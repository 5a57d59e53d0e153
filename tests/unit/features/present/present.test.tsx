import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Present } from '../../../../src/features/present/Present.tsx';
import { PanelLab, press } from '../../support/panel-lab.tsx';

let lab: PanelLab;

beforeEach(() => {
  lab = new PanelLab();
  lab.ready();
});

afterEach(cleanup);

const epoch = () => screen.getByRole<HTMLInputElement>('slider', { name: 'Epoch' });
const heading = () => screen.getByRole('heading', { level: 1 }).textContent;
const key = (on: Element, name: string) => fireEvent.keyDown(on, { key: name });

function chooseDemo(title: string) {
  const list = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Demo' });
  const index = [...list.options].findIndex(({ text }) => text === title);
  fireEvent.change(list, { target: { value: String(index) } });
}

/** A run of three epochs is over. */
function trained() {
  lab.startRun();
  lab.finish(1, 3);
}

test('arrow keys and a clicker move through the epochs wherever the focus is', () => {
  trained();
  lab.show(<Present onClose={() => {}} />);
  const places = [
    document.body,
    epoch(),
    screen.getByRole('combobox', { name: 'Demo' }),
    screen.getByRole('button', { name: 'Run the demo' }),
  ];
  for (const place of places) {
    expect(epoch().value).toBe('3');
    key(place, 'ArrowLeft');
    expect(epoch().value).toBe('2');
    key(place, 'PageUp');
    expect(epoch().value).toBe('1');
    key(place, 'ArrowRight');
    key(place, 'PageDown');
    key(place, 'PageDown');
  }
  expect(epoch().value).toBe('3');
});

test('keys do nothing to epochs before there are any, and letters stay with the list', () => {
  lab.show(<Present onClose={() => {}} />);
  for (const name of ['ArrowLeft', 'PageUp', 'PageDown']) key(document.body, name);
  expect(epoch().value).toBe('0');
  expect(fireEvent.keyDown(screen.getByRole('combobox', { name: 'Demo' }), { key: 'a' })).toBe(true);
});

test('a demo is chosen from the list, and trains two runs of the same length', () => {
  lab.show(<Present onClose={() => {}} />);
  expect(heading()).toBe('What does dropout change?');
  chooseDemo('Learning rate too high');
  expect(heading()).toBe('What happens if the learning rate is too high?');
  press('Run the demo');
  lab.finish(1, 10);
  lab.tested(1);
  const trains = lab.sent.flatMap((command) => (command.type === 'train' ? [command.recipe] : []));
  expect(trains.map(({ epochs }) => epochs)).toEqual([10, 10]);
  expect(new Set(trains.map(({ learningRate }) => learningRate)).size).toBe(2);
  expect(screen.getAllByRole('region').map(({ ariaLabel }) => ariaLabel)).toHaveLength(2);
});

test('after a demo another one waits to be run, and the first one is still there', () => {
  lab.show(<Present onClose={() => {}} />);
  press('Run the demo');
  lab.finish(1, 2);
  lab.tested(1);
  lab.finish(2, 2);
  lab.tested(2);
  expect(screen.getByRole('button', { name: 'Run the demo again' })).toBeDefined();
  chooseDemo('Batch normalisation');
  expect(screen.getAllByText('Not trained yet.')).toHaveLength(2);
  expect(screen.getByRole('button', { name: 'Run the demo' })).toBeDefined();
  chooseDemo('Dropout');
  expect(screen.queryByText('Not trained yet.')).toBeNull();
  chooseDemo('The newest runs');
  expect(heading()).toBe('Which one fits?');
});

test('runs that differ in their seed alone are shown as a band, and named', () => {
  const setUps = [
    { batchSize: 16, seed: 1 },
    { batchSize: 32, seed: 1 },
    { batchSize: 32, seed: 2 },
    { batchSize: 32, seed: 3 },
  ];
  for (const [i, values] of setUps.entries()) {
    lab.lab.draft.setRecipe(values, 'x');
    lab.startRun();
    lab.finish(1 + i, 2, { loss: 0.5, accuracy: 0.7 + i / 10 });
    lab.tested(1 + i);
  }
  lab.show(<Present onClose={() => {}} />);
  const [left, right] = screen.getAllByRole('region');
  if (left === undefined || right === undefined) throw new Error('There are two halves.');
  expect(right.textContent).toContain('mean, least and most of runs 2, 3 and 4, which differ in their seed alone');
  expect(left.textContent).not.toContain('least and most');
  key(document.body, 'a');
  fireEvent.click(within(right).getByRole('button', { name: 'Show as table' }));
  expect(within(right).getByRole('columnheader', { name: 'Mean of runs 2, 3, 4' })).toBeDefined();
  expect(within(right).getAllByText(/^90\.0.% \(80\.0.% to 100\.0.%\)$/)).toHaveLength(2);
});
