import '../../../../src/datasets/all-datasets.ts';
import { existsSync } from 'node:fs';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { unzipSync } from 'fflate';
import { afterEach, expect, test, vi } from 'vitest';
import { torchTensors } from '../../../../src/core/exporting/files/pytorch-tensors.ts';
import { safetensorsFile } from '../../../../src/core/exporting/files/safetensors.ts';
import { readSafetensors } from '../../../../src/core/exporting/files/safetensors-reading.ts';
import { kerasCode } from '../../../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../../../src/core/exporting/pytorch.ts';
import type { Graph } from '../../../../src/core/network/graph.ts';
import { startingPresets } from '../../../../src/core/network/presets/starting.ts';
import { sizeOf } from '../../../../src/core/network/shape.ts';
import { settingsOf } from '../../../../src/core/training/live-settings.ts';
import type { Recipe } from '../../../../src/core/training/recipe.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import '../../../../src/datasets/all-datasets.ts';
import { WEATHER_PRESETS } from '../../../../src/datasets/weather/presets.ts';
import { WEATHER } from '../../../../src/datasets/weather/spec.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { readWeights } from '../../../../src/features/model/builder/weights-file.ts';
import { createPanelActions } from '../../../../src/features/model/editing/create-panel-actions.ts';
import { PanelContext } from '../../../../src/features/model/editing/panel-actions.ts';
import { ProgramDialog } from '../../../../src/features/model/ProgramDialog.tsx';
import { analysisOf } from '../../../../src/state/analysis.ts';
import { type Draft, draftOf, withRecipe } from '../../../../src/state/draft.ts';
import { newRun } from '../../../../src/state/run.ts';
import { layers } from '../../../fixtures/specs/fixture.ts';
import { FakeWorker } from '../../state/fake-worker.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const DRAFT = draftOf(ciutacuCnn, 42);

function show(draft: Draft, lab = new FakeWorker().lab(draft)) {
  render(
    <LabContext value={lab}>
      <PanelContext value={createPanelActions(lab.draft, () => undefined)}>
        <ProgramDialog onClose={() => undefined} />
      </PanelContext>
    </LabContext>,
  );
}

function programOf(write: (graph: Graph, recipe: Recipe) => string): string {
  const { graph } = analysisOf(DRAFT);
  return graph === null ? 'no graph' : write(graph, DRAFT.recipe);
}

const field = (library: string) => screen.getByRole<HTMLTextAreaElement>('textbox', { name: `Code for ${library}` });
const dialogText = () => screen.getByRole('dialog', { name: 'Export code' }).textContent;

test('the draft is written for Keras, and for PyTorch where that is chosen', () => {
  show(DRAFT);
  expect(field('Keras').value).toBe(programOf(kerasCode));
  expect(dialogText()).toContain('pip install keras tensorflow');
  fireEvent.click(screen.getByRole('radio', { name: 'PyTorch' }));
  expect(field('PyTorch').value).toBe(programOf(pytorchCode));
  expect(dialogText()).toContain('pip install torch torchvision');
});

test('a switch writes the program for several GPUs or machines', () => {
  show(DRAFT);
  fireEvent.click(screen.getByRole('switch', { name: 'Several GPUs or machines' }));
  expect(field('Keras').value).toBe(programOf((graph, recipe) => kerasCode(graph, recipe, { isShared: true })));
  expect(dialogText()).toContain('pip install keras jax');
  fireEvent.click(screen.getByRole('radio', { name: 'PyTorch' }));
  expect(field('PyTorch').value).toContain('nn.parallel.DistributedDataParallel(model)');
});

test('the program that shows is the one that is copied', () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  show(DRAFT);
  fireEvent.click(screen.getByRole('radio', { name: 'PyTorch' }));
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
  expect(write.mock.calls).toEqual([[programOf(pytorchCode)]]);
});

test('it says why figures differ: other random numbers, also for augmentation where the recipe has it', () => {
  show(DRAFT);
  expect(dialogText()).toContain('the order and the split of the images come from other random numbers.');
  cleanup();
  show(withRecipe(DRAFT, { augmentation: { ...DRAFT.recipe.augmentation, flip: true } }, 'flip'));
  expect(dialogText()).toContain(
    'the order, the split and the augmentation of the images come from other random numbers.',
  );
});

test('layers that do not fit together and a faulty recipe have no program, and it says what is missing', () => {
  const layers = DRAFT.network.layers.filter(({ kind }) => kind !== 'flatten');
  show({ ...DRAFT, network: { layers } });
  expect(dialogText()).toContain('The code appears as soon as the layers fit together.');
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Copy' })).toBeNull();
  cleanup();
  show(withRecipe(DRAFT, { batchSize: 0 }, 'batch'));
  expect(dialogText()).toContain('Batch size must be at least 1. The code appears as soon as that is fixed.');
});

test('of a table it says where the file is that the program reads', () => {
  show(draftOf(WEATHER_PRESETS[0], 42));
  const link = screen.getByRole('link', { name: 'weather.csv' });
  expect(link.getAttribute('href')).toBe('data-weather/weather.csv');
  expect(existsSync('public/data-weather/weather.csv')).toBe(true);
  cleanup();
  const dataset = { ...WEATHER, id: 'my-days-0123abcd' };
  show(draftOf(startingPresets(dataset)[0], 42));
  expect(dialogText()).toContain('It reads the CSV file that you opened');
  expect(screen.queryByRole('link')).toBeNull();
});

/** A lab with a run that was trained for seven steps, and its weights. */
function trainedLab(draft: Draft) {
  const lab = new FakeWorker().lab(draft);
  const { graph } = analysisOf(draft);
  const weights = (graph?.nodes ?? []).flatMap((node) =>
    node.weights.map(({ shape }) => new Float32Array(sizeOf(shape))),
  );
  lab.runs.store.setState({ current: { ...newRun(3, draft, 'Rain 3'), phase: 'finished' }, lastNumber: 3 });
  const course = { settings: settingsOf(draft.recipe), lengths: [1] } as const;
  lab.runs.checkpoints.put(3, {
    snapshot: { step: 7, weights, slots: [] },
    judgedEpochs: 0,
    course,
    earlyStopping: null,
  });
  return lab;
}

/** What is saved when a button is pressed: its bytes. */
async function savedBy(button: string) {
  const saved: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    if (file instanceof Blob) saved.push(file);
    return 'blob:';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
  fireEvent.click(screen.getByRole('button', { name: button }));
  await screen.findByText(/saved with the weights after 7 steps\./);
  return new Uint8Array((await saved[0]?.arrayBuffer()) ?? new ArrayBuffer());
}

test('where nothing was trained there are no weights to save', () => {
  show(DRAFT);
  expect(dialogText()).toContain('Train one first.');
  expect(screen.queryByRole('button', { name: /^Save for/ })).toBeNull();
});

test('a trained network is saved with its weights, in each form that other tools read', async () => {
  const draft = draftOf(WEATHER_PRESETS[0], 42);
  const contents = new Map<string, readonly string[]>();
  for (const [button, ending] of [
    ['Save for PyTorch', 'safetensors'],
    ['Save for Keras program', 'h5'],
    ['Save for Keras file', 'h5'],
    ['Save for TensorFlow.js', 'bin'],
  ] as const) {
    show(draft, trainedLab(draft));
    const files = unzipSync(await savedBy(button));
    contents.set(
      button,
      Object.keys(files).filter((name) => name.endsWith(ending)),
    );
    cleanup();
    vi.restoreAllMocks();
  }
  expect(Object.fromEntries(contents)).toEqual({
    'Save for PyTorch': ['network.safetensors'],
    'Save for Keras program': ['network.weights.h5'],
    'Save for Keras file': ['model.weights.h5'],
    'Save for TensorFlow.js': ['weights.bin'],
  });
  show(draft, trainedLab(draft));
  expect(new TextDecoder().decode(await savedBy('Save for ONNX'))).toContain('Fitting Room');
});

test('what a tool lacks is named, and nothing is saved', async () => {
  const draft: Draft = {
    ...DRAFT,
    network: { layers: layers(['gru'], ['dense', { units: 10, activation: 'softmax' }]) },
  };
  show(draft, trainedLab(draft));
  fireEvent.click(screen.getByRole('button', { name: 'Save for TensorFlow.js' }));
  expect((await screen.findByRole('alert')).textContent).toContain('TensorFlow.js has no GRU of this form');
});

/** A draft whose run begins with the weights of a file, in its first layer only. */
async function begunWithFile(name: string) {
  const lab = new FakeWorker().lab(DRAFT);
  show(DRAFT, lab);
  const { graph } = analysisOf(DRAFT);
  const first = graph?.nodes[0];
  if (graph === null || first === undefined) throw new Error('The draft has errors.');
  const weights = graph.nodes.flatMap((node) =>
    node.weights.map(({ shape }, i) => new Float32Array(sizeOf(shape)).fill(i + 0.5)),
  );
  const tensors = torchTensors(graph, weights).filter(({ name }) => name.startsWith('conv2d.'));
  const reading = await readWeights(new File([safetensorsFile(tensors, {})], name), DRAFT);
  if ('problem' in reading) throw new Error(reading.problem);
  act(() => lab.runs.weights.setState(reading, true));
  return first.name;
}

test('of a run that begins with other weights the program loads them from a file', () => {
  const lab = new FakeWorker().lab(DRAFT);
  show(DRAFT, lab);
  const { dataset, network } = DRAFT;
  const source = { kind: 'shipped', title: dataset.title } as const;
  act(() => lab.runs.weights.setState({ kind: 'given', source, trained: { dataset, network, values: [] } }, true));
  const from = 'the weights of the network that comes with the app for Fashion-MNIST';
  expect(screen.getByText(`The next run begins with ${from}`, { exact: false })).toBeTruthy();
  expect(dialogText()).toContain('pip install keras tensorflow safetensors');
  const beginning = { file: 'fitting_room_keras.safetensors', from };
  expect(field('Keras').value).toBe(programOf((graph, recipe) => kerasCode(graph, recipe, { beginning })));
  fireEvent.click(screen.getByRole('radio', { name: 'PyTorch' }));
  expect(field('PyTorch').value).toContain('load_file("fitting_room_pytorch.safetensors")');
  expect(dialogText()).toContain('pip install torch torchvision safetensors');
});

test('where some layers take other weights, the program names them, on one line whatever the file is called', async () => {
  const first = await begunWithFile('x\nimport os\u2028.safetensors');
  expect(field('Keras').value).toContain(
    `\n# In the app the run begins with the weights in x import os .safetensors in ${first}. They are in this file,`,
  );
});

test('the weights are saved for the library that is chosen, those of layers that begin anew left out', async () => {
  const saved: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    if (file instanceof Blob) saved.push(file);
    return 'blob:';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
  await begunWithFile('before.safetensors');
  const names: string[][] = [];
  for (const library of ['Keras', 'PyTorch']) {
    fireEvent.click(screen.getByRole('radio', { name: library }));
    fireEvent.click(screen.getByRole('button', { name: 'Download weights' }));
    await waitFor(() => expect(saved.length).toBe(names.length + 1));
    const reading = readSafetensors(new Uint8Array((await saved.at(-1)?.arrayBuffer()) ?? new ArrayBuffer()));
    names.push('problem' in reading ? [reading.problem] : [...reading.tensors.keys()]);
  }
  expect(names).toEqual([
    ['conv2d.0', 'conv2d.1'],
    ['conv2d.weight', 'conv2d.bias'],
  ]);
});

test('where the weights of the chosen run are not here, it says so', async () => {
  const lab = trainedLab(DRAFT);
  lab.runs.store.setState((runs) => ({
    current: runs.current && { ...runs.current, losses: new Float32Array([1]) },
  }));
  lab.runs.checkpoints.forget(3);
  show(DRAFT, lab);
  act(() => lab.runs.weights.setState({ kind: 'current' }, true));
  fireEvent.click(screen.getByRole('button', { name: 'Download weights' }));
  expect((await screen.findByRole('alert')).textContent).toContain(
    'Those of a run that trains are here once it is paused.',
  );
});
