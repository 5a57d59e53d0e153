import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { torchTensors } from '../../../../../src/core/exporting/files/pytorch-tensors.ts';
import { safetensorsFile } from '../../../../../src/core/exporting/files/safetensors.ts';
import { sizeOf } from '../../../../../src/core/network/shape.ts';
import { WeightsFileDialog } from '../../../../../src/features/model/builder/WeightsFileDialog.tsx';
import { ModelPanel } from '../../../../../src/features/model/ModelPanel.tsx';
import { analysisOf } from '../../../../../src/state/analysis.ts';
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

/** Chooses a file, and waits for what the button or the status says then. */
async function chooseFile(bytes: Uint8Array<ArrayBuffer>, name: string, said: RegExp) {
  const file = new File([bytes], name);
  fireEvent.change(screen.getByLabelText('From a file'), { target: { files: [file] } });
  await waitFor(() => expect([button().textContent, screen.queryByRole('status')?.textContent].join()).toMatch(said));
}

/** The draft's weights as SafeTensors, each number a thousandth, and a tensor that no layer takes. */
function fileOfDraft(about: Readonly<Record<string, string>> = {}) {
  const { graph } = analysisOf(panel.lab.draft.store.getState());
  if (graph === null) throw new Error('The draft has errors.');
  const weights = graph.nodes.flatMap((node) =>
    node.weights.map(({ shape }) => new Float32Array(sizeOf(shape)).fill(0.001)),
  );
  const more = { name: 'other.weight', shape: [1], values: Float32Array.of(1) };
  return safetensorsFile([...torchTensors(graph, weights), more], about);
}

test('weights can come from a file, alone or in a zip, and a run begins with them', async () => {
  await open();
  await chooseFile(fileOfDraft(), 'network.safetensors', /Weights: network/);
  expect(button().textContent).toBe('Weights: network.safetensors');
  expect(lines()).toEqual(['from the file', 'from the file', 'from the file']);
  expect(screen.getByText('No layer takes other.weight of the file.')).toBeTruthy();
  await chooseFile(new TextEncoder().encode('PNG?'), 'picture.png', /This is not/);
  expect(screen.getByRole('status').textContent).toMatch(/^This is not a SafeTensors file/);
  expect(button().textContent).toBe('Weights: network.safetensors');
  const zip = Uint8Array.from(
    zipSync({ 'network.safetensors': fileOfDraft({ classes: JSON.stringify(Array(10).fill('x')) }) }, { level: 0 }),
  );
  await chooseFile(zip, 'run-1.zip', /Weights: run-1/);
  expect(lines()).toEqual(['from the file', 'from the file', 'new: it tells other classes apart']);
  act(() => panel.lab.runs.train('run'));
  expect(panel.sent.at(-1)).toMatchObject({ type: 'train', weightsFrom: { kind: 'given' } });
  expect(panel.lab.runs.store.getState().current?.carriedFrom).toEqual({
    kind: 'file',
    name: 'run-1.zip',
    layers: ['conv2d-1', 'dense-1'],
  });
});

test('a zip without weights in it is refused', async () => {
  await open();
  await chooseFile(Uint8Array.from(zipSync({ 'readme.txt': new Uint8Array(3) })), 'other.zip', /This zip/);
  expect(screen.getByRole('status').textContent).toMatch(/^This zip has no SafeTensors file in it/);
});

test('a file that is dropped shows what it has before a run begins with it', async () => {
  const file = new File([fileOfDraft()], 'network.safetensors');
  panel.show(<WeightsFileDialog file={file} onClose={() => undefined} />);
  expect(await screen.findByText('All three layers with weights take them.')).toBeTruthy();
  expect(panel.lab.runs.weights.getState()).toEqual({ kind: 'new' });
  fireEvent.click(screen.getByRole('button', { name: 'Begin the next run with them' }));
  expect(panel.lab.runs.weights.getState()).toMatchObject({ kind: 'given', source: { kind: 'file' } });
});

test('a network without layers has no weights to choose', () => {
  act(() => panel.lab.draft.replace({ ...panel.lab.draft.store.getState(), network: { layers: [] } }));
  panel.show(<ModelPanel />);
  expect(screen.queryByRole('button', { name: /^Weights: / })).toBeNull();
});
