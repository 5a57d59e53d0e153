import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ModelPanel } from '../../../../../src/features/model/ModelPanel.tsx';
import { choose, PanelLab } from '../../../support/panel-lab.tsx';

let panel: PanelLab;

beforeEach(() => {
  panel = new PanelLab();
  panel.ready();
});

afterEach(cleanup);

const button = () => screen.getByRole('button', { name: /^Weights: / });
const lines = () =>
  within(screen.getByRole('dialog', { name: 'Weights to begin with' }))
    .getAllByRole('definition')
    .map(({ textContent }) => textContent);

/** Opens the choice, which is loaded first. */
async function open(): Promise<void> {
  panel.show(<ModelPanel />);
  await act(async () => void (await import('../../../../../src/features/model/Beside.tsx')));
  fireEvent.click(button());
  await screen.findByRole('dialog', { name: 'Weights to begin with' });
}

test('a run begins with new weights unless something else is chosen', async () => {
  await open();
  expect(button().textContent).toBe('Weights: new');
  expect(screen.getByText(/so the run starts from chance/)).toBeTruthy();
});

test('the run at hand can give its weights, and it is said which layers take them and why others do not', async () => {
  panel.startRun();
  panel.finish(1);
  act(() => panel.lab.draft.edit([{ type: 'setOptions', id: 'dense-1', values: { units: 50 } }], 'narrow'));
  await open();
  choose('Weights', 'Those of run 1, CNN: the one at hand');
  expect(button().textContent).toBe('Weights: of run 1');
  expect(screen.getByText('1 of 3 layers with weights take them. The others begin anew.')).toBeTruthy();
  expect(lines()).toEqual([
    'from run 1',
    'new: its kernel is 5,408×50, and 5,408×100 there',
    'new: its kernel is 50×10, and 100×10 there',
  ]);
  choose('Weights', 'New ones, drawn by the seed');
  expect(button().textContent).toBe('Weights: new');
});

test('the network that comes with the app is fetched when it is chosen, and it is said where that fails', async () => {
  await open();
  choose('Weights', 'Those of the network that comes with the app for Fashion-MNIST');
  expect(screen.getByRole('status').textContent).toBe('The network is being loaded.');
  await panel.answerShipped(null);
  expect(screen.getByRole('status').textContent).toMatch(/^The network could not be loaded\./);
  expect(button().textContent).toBe('Weights: new');
  choose('Weights', 'Those of the network that comes with the app for Fashion-MNIST');
  const { dataset, network } = panel.lab.draft.store.getState();
  await panel.answerShipped({ dataset, network, values: [] });
  expect(button().textContent).toBe('Weights: the shipped network');
  expect(lines()).toEqual(['from the shipped network', 'from the shipped network', 'from the shipped network']);
});

test('a network without layers has no weights to choose', () => {
  act(() => panel.lab.draft.replace({ ...panel.lab.draft.store.getState(), network: { layers: [] } }));
  panel.show(<ModelPanel />);
  expect(screen.queryByRole('button', { name: /^Weights: / })).toBeNull();
});
