import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { histogramOf } from '../../../../src/core/explaining/histogram.ts';
import type { NetworkInspection, VisibleLayer } from '../../../../src/core/explaining/inspection.ts';
import type { Tiles } from '../../../../src/core/explaining/tiles.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { type Embed, EmbedContext } from '../../../../src/features/embedder.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { InsidePanel } from '../../../../src/features/results/InsidePanel.tsx';
import { NOT_LOOKED } from '../../../../src/features/results/looking.ts';
import { SingleKeysContext } from '../../../../src/features/single-keys.ts';
import type { Command } from '../../../../src/protocol/commands.ts';
import type { EmbeddingQuestion } from '../../../../src/protocol/embedding.ts';
import type { WorkerEvent } from '../../../../src/protocol/events.ts';
import type { Ask } from '../../../../src/protocol/requests.ts';
import { draftOf } from '../../../../src/state/draft.ts';
import type { Lab } from '../../../../src/state/lab.ts';
import { newRun } from '../../../../src/state/run.ts';
import { FakeWorker, isAsk } from '../../state/fake-worker.ts';

/** An image for each position, gray all over, in the shade of the position. */
function imagesOf(indices: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 784 * indices.length }, (_, at) => indices[Math.floor(at / 784)] ?? 0);
}

const LAYERS: readonly [VisibleLayer, VisibleLayer] = [
  { id: 'conv', name: 'Conv2D 1', position: 0, shape: [26, 26, 40], activation: 'relu' },
  { id: 'dense', name: 'Dense 1', position: 2, shape: [10], activation: 'softmax' },
];

function tiles(count: number, height: number, width: number, value = 0.5): Tiles {
  return { count, height, width, values: new Float32Array(count * height * width).fill(value) };
}

const falls = new Float32Array(784).fill(0.12, 0, 10);

const INSPECTION: NetworkInspection = {
  by: { run: 'shipped', step: 3000, testAccuracy: 0.918 },
  first: { name: 'Conv2D 1', unit: 'filter', tiles: tiles(40, 3, 3), columns: null },
  layers: LAYERS,
  layer: LAYERS[0],
  seen: tiles(40, 26, 26),
  maps: [
    { label: 6, probability: 0.62, falls },
    { label: 4, probability: 0.3, falls: new Float32Array(784) },
  ],
  attention: [],
};

let lab: Lab;
let worker: FakeWorker;
let asked: Ask<'inspect'>[];
let laidOut: EmbeddingQuestion[];
let hear: (event: WorkerEvent) => void;
/** What the worker answers; null where there is no network. */
let answer: NetworkInspection | null;

beforeEach(() => {
  asked = [];
  laidOut = [];
  answer = INSPECTION;
  worker = new FakeWorker();
  worker.onCommand = reply;
  hear = (event) => worker.say(event);
  lab = worker.lab();
});

afterEach(cleanup);

function reply(command: Command) {
  if (isAsk(command, 'images')) void worker.answer(command, imagesOf(command.question.indices));
  if (!isAsk(command, 'inspect')) return;
  asked.push(command);
  const layer = LAYERS.find(({ id }) => id === command.question.layerId) ?? LAYERS[0];
  const seen = layer.id === 'dense' ? tiles(10, 1, 1) : tiles(40, 26, 26);
  void worker.answer(command, answer && { ...answer, layer, seen });
}

function testImagesArrive() {
  const labels = Uint8Array.of(9, 6, 2);
  const arrival = {
    split: 'test',
    first: 0,
    labels,
    preview: new Uint8Array(),
    shardsArrived: 70,
    shardsTotal: 70,
  } as const;
  hear({ type: 'shardArrived', baseUrl: lab.dataSet.store.getState().baseUrl, arrival });
}

/** Lays points out where their values say. */
const layOut: Embed = async (question) => {
  laidOut.push(question);
  return { points: Float32Array.from(question.values), explained: null };
};

function Panel() {
  const [looking, setLooking] = useState(NOT_LOOKED);
  return <InsidePanel looking={looking} onLooking={setLooking} />;
}

async function show(singleKeys = true) {
  render(
    <LabContext value={lab}>
      <SingleKeysContext value={singleKeys}>
        <EmbedContext value={layOut}>
          <Panel />
        </EmbedContext>
      </SingleKeysContext>
    </LabContext>,
  );
  await act(async () => undefined);
}

const epochRecord = (epoch: number) => ({
  epoch,
  step: 480 * epoch,
  trainSample: null,
  validation: null,
  confusion: null,
  seconds: epoch,
});

const words = () => screen.getByRole('status').textContent;
const press = (element: HTMLElement) => act(async () => void fireEvent.click(element));
const pressN = () =>
  act(async () => void fireEvent.keyDown(screen.getByRole('button', { name: 'Another' }), { key: 'n' }));

test('says whose inside it is, and shows filters, channels and two maps as one image each', async () => {
  testImagesArrive();
  await show();
  expect(screen.getByText('A network trained in advance').parentElement?.textContent).toContain('test 91.8');
  expect(words()).toBe('Test image 1 of 3, labelled Ankle boot');
  expect(screen.getByRole('img', { name: '40 filters of Conv2D 1' }).querySelectorAll('canvas')).toHaveLength(32);
  expect(screen.getByRole('img', { name: '40 channels of Conv2D 1 for this image' })).toBeTruthy();
  expect(screen.getByText('after relu')).toBeTruthy();
  expect(screen.getByRole('img', { name: 'Where the network looked for Shirt' })).toBeTruthy();
  const [, shirt, coat] = screen.getAllByRole('figure').map((figure) => figure.textContent);
  expect(shirt).toBe('for Shirt, 62\u202f%down by 12.0\u202fpt');
  expect(coat).toBe('for Coat, 30\u202f%hardly changes');
});

test('the rest of the tiles come on demand', async () => {
  testImagesArrive();
  await show();
  const [more] = screen.getAllByRole('button', { name: 'Show more: 8' });
  if (more) await press(more);
  expect(screen.getByRole('img', { name: '40 filters of Conv2D 1' }).querySelectorAll('canvas')).toHaveLength(40);
});

test('Another and the key N walk through the test images, and begin again behind the last', async () => {
  testImagesArrive();
  await show();
  await press(screen.getByRole('button', { name: 'Another' }));
  expect(words()).toBe('Test image 2 of 3, labelled Shirt');
  await pressN();
  expect(words()).toBe('Test image 3 of 3, labelled Pullover');
  await pressN();
  expect(words()).toBe('Test image 1 of 3, labelled Ankle boot');
  expect(asked.map(({ question }) => question.pixels[0])).toEqual([0, 1, 2, 0]);
});

test('where single keys are off N does nothing', async () => {
  testImagesArrive();
  await show(false);
  await pressN();
  expect(words()).toBe('Test image 1 of 3, labelled Ankle boot');
});

test('an empty pad says what to do, and a drawing is looked at first', async () => {
  testImagesArrive();
  await show();
  await press(screen.getByRole('radio', { name: 'Your drawing' }));
  expect(words()).toBe('The pad is empty. Draw a garment on the Draw tab, or look at a test image.');
  expect(screen.queryByRole('figure')).toBeNull();
  cleanup();
  lab.questions.show(new Uint8Array(784).fill(77));
  await show();
  expect(asked.at(-1)?.question.pixels[0]).toBe(77);
});

test('test images that are not there yet are waited for', async () => {
  await show();
  expect(words()).toContain('still loading');
  expect(asked).toEqual([]);
  await act(async () => testImagesArrive());
  expect(asked).toHaveLength(1);
});

test('another layer is asked for by its id', async () => {
  testImagesArrive();
  await show();
  const select = screen.getByLabelText('Layer');
  expect(
    within(select)
      .getAllByRole('option')
      .map(({ textContent }) => textContent),
  ).toEqual(['Conv2D 1', 'Dense 1']);
  await act(async () => void fireEvent.change(select, { target: { value: '1' } }));
  expect(asked.at(-1)?.question.layerId).toBe('dense');
  expect(screen.getByRole('img', { name: '10 values of Dense 1 for this image' })).toBeTruthy();
});

test('while a network trains it is asked at its first step and at each epoch, not at each step', async () => {
  testImagesArrive();
  const run = { ...newRun(7, draftOf(ciutacuCnn, 42), 'CNN'), phase: 'training', stepsPerEpoch: 10 } as const;
  lab.runs.store.setState({ current: run, earlier: [], lastNumber: 7 });
  await show();
  const learn = (firstStep: number, count: number) =>
    act(async () => {
      const values = new Float32Array(count);
      const metrics = { firstStep, losses: values, accuracies: values };
      hear({ type: 'progressed', run: 7, metrics, imagesPerSecond: 0, memory: { tensors: 0, bytes: 0 } });
    });
  answer = { ...INSPECTION, by: { run: 7, step: 4, testAccuracy: null } };
  await learn(0, 4);
  expect(asked).toHaveLength(2);
  expect(screen.getByText('Run 7').textContent).toContain('weights of step 4');
  await learn(4, 3);
  await learn(7, 3);
  expect(asked).toHaveLength(2);
  answer = { ...INSPECTION, by: { run: 7, step: 10, testAccuracy: null } };
  const report = { epoch: 1, step: 10, trainSample: null, validation: null };
  await act(async () => hear({ type: 'epochEnded', run: 7, report }));
  expect(asked).toHaveLength(3);
  expect(screen.getByText('Run 7').textContent).toContain('weights of epoch 1');
});

test('the image that is looked at comes before what the network has inside', async () => {
  testImagesArrive();
  await show();
  const image = screen.getByRole('img', { name: 'The image' });
  const filters = screen.getByRole('img', { name: '40 filters of Conv2D 1' });
  expect(image.compareDocumentPosition(filters)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

test('histograms of a run are asked for after each epoch, and shown by layer', async () => {
  testImagesArrive();
  const run = { ...newRun(7, draftOf(ciutacuCnn, 42), 'CNN'), phase: 'training', stepsPerEpoch: 10 } as const;
  lab.runs.store.setState({ current: run, earlier: [], lastNumber: 7 });
  await show();
  expect(screen.getByText(/^Histograms of each layer are taken while a network trains/)).toBeTruthy();
  const spread = histogramOf(Float32Array.of(0, 0, 1));
  const layer = (id: string, name: string) => ({ id, name, weights: spread, gradients: spread, activations: spread });
  const layers = [layer('conv', 'Conv2D 1'), { ...layer('dense', 'Dense 1'), activations: null }];
  for (const epoch of [1, 2]) {
    const report = { epoch, step: 10 * epoch, trainSample: null, validation: null };
    await act(async () => hear({ type: 'epochEnded', run: 7, report }));
    const ask = worker.asks('histograms').at(-1);
    if (ask === undefined) throw new Error('Nobody asked for histograms.');
    expect(ask.question).toEqual({ run: 7 });
    const epochs = Array.from({ length: epoch }, (_, i) => ({ epoch: i + 1, layers }));
    await act(async () => worker.answer(ask, epochs));
  }
  expect(screen.getByRole('img', { name: 'Weights of Conv2D 1 from epoch 1 to 2' })).toBeTruthy();
  expect(screen.getByText(/^Activations for 32 training images: mean 0.33.*67.% are 0$/)).toBeTruthy();
  await act(async () => void fireEvent.change(screen.getByLabelText('Values of'), { target: { value: '1' } }));
  expect(
    screen.getByRole('img', { name: 'Gradients for 32 training images of Dense 1 from epoch 1 to 2' }),
  ).toBeTruthy();
  expect(screen.queryByText(/^Activations/)).toBeNull();
});

test('says where there was no room to measure gradients', async () => {
  testImagesArrive();
  const run = { ...newRun(7, draftOf(ciutacuCnn, 42), 'CNN'), phase: 'training', stepsPerEpoch: 10 } as const;
  lab.runs.store.setState({ current: run, earlier: [], lastNumber: 7 });
  await show();
  const weights = histogramOf(Float32Array.of(0, 0, 1));
  const layers = [{ id: 'dense', name: 'Dense 1', weights, gradients: null, activations: null }];
  await act(async () =>
    hear({ type: 'epochEnded', run: 7, report: { epoch: 1, step: 10, trainSample: null, validation: null } }),
  );
  const ask = worker.asks('histograms').at(-1);
  if (ask === undefined) throw new Error('Nobody asked for histograms.');
  await act(async () => worker.answer(ask, [{ epoch: 1, layers }]));
  expect(screen.getByText(/^The gradients could not be measured/)).toBeTruthy();
});

test('a map is drawn when it is asked for, and walked through by the nearest points and the mistakes', async () => {
  testImagesArrive();
  await show();
  await press(screen.getByRole('radio', { name: 'UMAP' }));
  await press(screen.getByRole('button', { name: 'Draw the map' }));
  const [ask] = worker.asks('hiddenValues');
  if (ask === undefined) throw new Error('Nobody asked for hidden values.');
  expect([...ask.question.indices]).toEqual([0, 1, 2]);
  const layer = { position: 0, name: 'Dense 1', width: 2 };
  const values = Float32Array.of(0, 0, 1, 1, 5, 5);
  const by = { run: 'shipped', step: 3000, testAccuracy: 0.918 } as const;
  await act(async () => worker.answer(ask, { by, layer, values, predicted: Uint8Array.of(9, 6, 4) }));
  expect(laidOut).toMatchObject([{ method: 'umap', width: 2, values }]);
  expect(screen.getByRole('img', { name: 'Map of 3 test images by Dense 1, UMAP' })).toBeTruthy();
  expect(screen.getByText('Test image 1: Ankle boot')).toBeTruthy();
  const near = within(screen.getByRole('list', { name: 'Nearest on the map' }));
  expect(near.getAllByRole('img').map((image) => image.getAttribute('aria-label'))).toEqual([
    'Shirt',
    'Pullover, taken for Coat',
  ]);
  await press(near.getByRole('button', { name: 'Shirt' }));
  expect(screen.getByText('Test image 2: Shirt')).toBeTruthy();
  await press(screen.getByRole('button', { name: 'Next mistake' }));
  expect(screen.getByText('Test image 3: Pullover, taken for Coat')).toBeTruthy();
  await press(screen.getByRole('radio', { name: 'Mistakes' }));
  expect(screen.getByText('wrong: 1')).toBeTruthy();
});

test('a map says when the run has trained on since it was drawn', async () => {
  testImagesArrive();
  const run = { ...newRun(7, draftOf(ciutacuCnn, 42), 'CNN'), phase: 'paused', stepsPerEpoch: 480 } as const;
  const at = (step: number, phase: 'paused' | 'training') => {
    const epochs = Array.from({ length: Math.floor(step / 480) }, (_, i) => epochRecord(i + 1));
    lab.runs.store.setState({ current: { ...run, phase, losses: new Float32Array(step), epochs } });
  };
  at(480, 'paused');
  await show();
  await press(screen.getByRole('button', { name: 'Draw the map' }));
  const layer = { position: 0, name: 'Dense 1', width: 2 };
  const by = { run: 7, step: 480, testAccuracy: null };
  const values = Float32Array.of(0, 0, 1, 1, 5, 5);
  await act(async () =>
    worker.answer(worker.asks('hiddenValues')[0], { by, layer, values, predicted: Uint8Array.of(9, 6, 2) }),
  );
  expect(screen.queryByText(/^Drawn/)).toBeNull();
  await act(async () => at(700, 'training'));
  expect(screen.queryByText(/^Drawn/)).toBeNull();
  await act(async () => at(1000, 'training'));
  expect(screen.getByText('Drawn at step 480; the run is at 960: draw the map again.')).toBeTruthy();
  await act(async () =>
    lab.runs.store.setState({ current: { ...newRun(8, run.draft, 'CNN'), losses: new Float32Array(3) } }),
  );
  expect(screen.getByText('Drawn from run 7; run 8 has trained since: draw the map again.')).toBeTruthy();
});

test('without a network it says what to do', async () => {
  answer = null;
  testImagesArrive();
  await show();
  expect(screen.getByText('There is no network to look inside yet. Train one first.')).toBeTruthy();
});

test('the weights of a network of one layer are named by class', async () => {
  answer = { ...INSPECTION, first: { name: 'Dense 1', unit: 'class', tiles: tiles(10, 28, 28), columns: null } };
  testImagesArrive();
  await show();
  const grid = screen.getByRole('img', { name: '10 classes of Dense 1' });
  expect(grid.textContent).toContain('T-shirt/topTrouserPullover');
});

test('weights that make no pictures are said to, and values that are no numbers any more', async () => {
  answer = { ...INSPECTION, first: { name: 'GRU 1', unit: 'unit', tiles: null, columns: null } };
  testImagesArrive();
  await show();
  expect(screen.getByText(/^GRU 1 comes first, and its weights make no pictures/)).toBeTruthy();
  cleanup();
  answer = {
    ...INSPECTION,
    first: { name: 'Conv2D 1', unit: 'filter', tiles: tiles(4, 3, 3, Number.NaN), columns: null },
  };
  await show();
  expect(screen.getByText(/no longer numbers/)).toBeTruthy();
  expect(screen.queryByRole('img', { name: '4 filters of Conv2D 1' })).toBeNull();
});

/** Two heads over 2×2 patches: in the first each patch looks at the next one, in the second at all alike. */
const ATTENTION = {
  id: 'attention',
  name: 'MultiHeadAttention 1',
  heads: 2,
  rows: 2,
  columns: 2,
  weights: Float32Array.of(0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, ...new Array(16).fill(0.25)),
};

test('without attention nothing is said of where patches look', async () => {
  testImagesArrive();
  await show();
  expect(screen.queryByText('Where each patch looks')).toBeNull();
});

test('where patches look is shown for each head: all of them at first, then the one that the keys or the pointer choose', async () => {
  answer = { ...INSPECTION, attention: [ATTENTION, { ...ATTENTION, id: 'other', name: 'MultiHeadAttention 2' }] };
  testImagesArrive();
  await show();
  const patch = await screen.findByRole('slider', { name: 'Patch that looks, in MultiHeadAttention 1' });
  expect(patch.querySelectorAll('canvas')).toHaveLength(2);
  const said = () => patch.getAttribute('aria-valuetext');
  expect(said()).toContain('All patches. Most looked at, head 1: row 1, column 1, 25');
  const key = (name: string) => act(async () => void fireEvent.keyDown(patch, { key: name }));
  await key('ArrowRight');
  expect(said()).toContain('Patch in row 1, column 1. Most looked at, head 1: row 1, column 2, 100');
  await key('ArrowDown');
  expect(said()).toContain('Patch in row 2, column 1. Most looked at, head 1: row 2, column 2, 100');
  await key('ArrowUp');
  await key('ArrowLeft');
  expect(said()).toContain('Patch in row 1, column 1.');
  await key('End');
  expect(said()).toContain('Patch in row 2, column 2. Most looked at, head 1: row 1, column 1, 100');
  await key('Escape');
  expect(said()).toContain('All patches.');
  const [picture] = patch.querySelectorAll('.attention-picture');
  if (!(picture instanceof HTMLElement)) throw new Error('There is no picture.');
  picture.getBoundingClientRect = () => new DOMRect(10, 10, 80, 80);
  await act(async () => void fireEvent.pointerMove(picture, { clientX: 75, clientY: 20 }));
  expect(said()).toContain('Patch in row 1, column 2. Most looked at, head 1: row 2, column 1, 100');
  await act(async () => void fireEvent.pointerLeave(patch));
  expect(said()).toContain('All patches.');
  await act(async () => void fireEvent.change(screen.getByLabelText('Attention of'), { target: { value: '1' } }));
  expect(screen.getByRole('slider', { name: 'Patch that looks, in MultiHeadAttention 2' })).toBeTruthy();
});
