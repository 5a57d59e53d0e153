import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { DrawPanel } from '../../../../src/features/drawing/DrawPanel.tsx';
import { createRowStore } from '../../../../src/features/drawing/typed-row.ts';
import { useDrawing } from '../../../../src/features/drawing/use-drawing.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import type { DatasetSource } from '../../../../src/protocol/commands.ts';
import { FASHION_SOURCE, FakeWorker } from '../../state/fake-worker.ts';

/** Images in colour, of which the app has nothing but the description. */
const SIGNS: DatasetSpec = {
  ...FASHION_MNIST,
  id: 'signs',
  title: 'Signs',
  samples: { kind: 'image', height: 20, width: 24, channels: 3, storage: 'uint8', scale: 255 },
  classes: ['stop', 'yield', 'go', 'turn'],
  splits: { train: 600, test: 200 },
  words: { sample: { one: 'image', many: 'images' }, subject: { one: 'sign', many: 'signs' } },
  capabilities: [],
};

/** Small gray images that can be drawn. */
const DIGITS: DatasetSpec = {
  ...SIGNS,
  id: 'digits',
  title: 'Digits',
  samples: { kind: 'image', height: 16, width: 16, channels: 1, storage: 'uint8', scale: 255 },
  words: { sample: { one: 'image', many: 'images' }, subject: { one: 'digit', many: 'digits' } },
  capabilities: ['drawing'],
};

const ROW = createRowStore();

function sourceOf(expected: DatasetSpec): DatasetSource {
  return { baseUrl: `http://localhost/${expected.id}/`, expected, pretrainedUrl: null };
}

function DrawTab() {
  return <DrawPanel control={useDrawing()} row={ROW} />;
}

/** The Draw tab of a lab in which a data set is open. */
function setUp(source = FASHION_SOURCE) {
  const worker = new FakeWorker();
  const lab = worker.lab(undefined, { sources: [source] });
  render(
    <LabContext value={lab}>
      <DrawTab />
    </LabContext>,
  );
  const open = (next: DatasetSource) =>
    act(() => {
      lab.dataSet.open(next);
      if (next.expected !== null) worker.say({ type: 'datasetOpened', baseUrl: next.baseUrl, spec: next.expected });
    });
  return { worker, lab, open };
}

/** A stroke on a pad that is shown at its own size, from one place to another. */
function draw(side: number, from: readonly [number, number], to: readonly [number, number]) {
  const pad = screen.getByLabelText('Drawing pad');
  vi.spyOn(pad, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, side, side));
  fireEvent.pointerDown(pad, { clientX: from[0], clientY: from[1], button: 0 });
  fireEvent.pointerMove(pad, { clientX: to[0], clientY: to[1] });
  fireEvent.pointerUp(pad);
}

/** The samples that the network was asked about. */
async function asked(worker: FakeWorker) {
  await waitFor(() => expect(worker.asks('predict')).not.toHaveLength(0));
  return worker.asks('predict').map(({ question }) => question.pixels);
}

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('garments can be drawn, started from an outline and photographed', async () => {
  const { worker } = setUp();
  expect(screen.getByText('Draw a garment here, or start from an outline below.').tagName).toBe('P');
  expect(screen.getByText('28×28 input').className).toContain('seen-lab');
  const outlines = within(screen.getByRole('group', { name: 'Start from an outline' })).getAllByRole('button');
  expect(outlines.map((button) => button.getAttribute('aria-label'))).toEqual(
    FASHION_MNIST.classes.map((name) => `Outline: ${name}`),
  );
  expect((await screen.findByLabelText('Upload a photo')).getAttribute('type')).toBe('file');
  expect(screen.getByRole('button', { name: 'Use the camera' }).tagName).toBe('BUTTON');
  draw(280, [40, 80], [240, 80]);
  expect((await asked(worker)).map(({ length }) => length)).toEqual([784]);
});

test('of data without capabilities the tab says that they cannot be drawn, and offers nothing', () => {
  const { open } = setUp();
  open(sourceOf(SIGNS));
  expect(document.body.textContent).toBe(
    'The images of Signs cannot be drawn. The other tabs show what a network does with them.',
  );
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(screen.queryByLabelText('Drawing pad')).toBeNull();
});

test('a stroke becomes a sample of the size of the data set, trimmed, scaled and centred', async () => {
  const { worker } = setUp(sourceOf(DIGITS));
  expect(screen.getByText('Draw a digit here.').tagName).toBe('P');
  expect(screen.getByText('16×16 input').className).toContain('seen-lab');
  expect(screen.queryByRole('group', { name: 'Start from an outline' })).toBeNull();
  expect(screen.queryByLabelText('Upload a photo')).toBeNull();
  expect(within(screen.getByRole('list', { name: 'Prediction' })).getAllByRole('listitem')).toHaveLength(4);
  draw(288, [40, 60], [40, 180]);
  const [sample = new Uint8Array(), ...others] = await asked(worker);
  expect(others).toEqual([]);
  expect(sample).toHaveLength(256);
  // As wide as the brush and as high as the stroke: two columns of sixteen, from edge to edge, in the middle.
  const rows = Array.from({ length: 16 }, (_, y) => Array.from(sample.subarray(y * 16, (y + 1) * 16)));
  for (const row of rows) expect(row.flatMap((value, x) => (value > 0 ? [x] : []))).toEqual([7, 8]);
  expect(rows[8]?.[7]).toBeGreaterThan(150);
});

test('the answer names the classes of the data set', async () => {
  const { worker } = setUp(sourceOf(DIGITS));
  draw(288, [40, 60], [40, 180]);
  await asked(worker);
  const probabilities = Float32Array.of(0.1, 0.7, 0.2, 0);
  await act(() => worker.answer(worker.asks('predict')[0], { run: 1, step: 3, testAccuracy: null, probabilities }));
  expect(screen.getByText(/^yield, 70/).tagName).toBe('B');
  expect(screen.getByText(/^then go, 20/).tagName).toBe('SPAN');
});

test('another data set begins with an empty pad, and nothing is said of the drawing before', async () => {
  const { worker, lab, open } = setUp();
  draw(280, [40, 80], [240, 80]);
  await asked(worker);
  const garments = {
    run: 'shipped',
    step: 0,
    testAccuracy: 0.9,
    probabilities: new Float32Array(10).fill(0.1),
  } as const;
  await act(() => worker.answer(worker.asks('predict')[0], garments));
  open(sourceOf(DIGITS));
  expect(screen.getByText('Draw a digit here.').tagName).toBe('P');
  expect(screen.getByText('No answer yet').tagName).toBe('B');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Undo a stroke' }).disabled).toBe(true);
  expect(lab.questions.drawing.getState().pixels).toBeNull();
});
