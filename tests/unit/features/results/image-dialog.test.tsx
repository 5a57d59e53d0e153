import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hasAnswers } from '../../../../src/core/evaluation/evaluation.ts';
import { answersOf } from '../../../../src/core/evaluation/mistakes.ts';
import type { FeatureNeighbours } from '../../../../src/core/explaining/feature-neighbours.ts';
import type { LabelledNeighbours } from '../../../../src/core/explaining/nearest.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { ImageDialog } from '../../../../src/features/results/ImageDialog.tsx';
import { judgedOf } from '../../../../src/features/results/judged.ts';
import { evaluationOf } from '../../core/support/evaluation.ts';
import { FakeWorker, isAsk } from '../../state/fake-worker.ts';
import { measuredLabOn } from './measured-lab.ts';

afterEach(cleanup);

const ALONE = { place: 0, count: 1, onPlace: vi.fn() };

function neighboursOf(...rows: readonly (readonly [index: number, label: number])[]): LabelledNeighbours {
  const indices = Uint32Array.from(rows, ([index]) => index);
  const labels = Uint8Array.from(rows, ([, label]) => label);
  return { searched: 60_000, indices, labels, distances: new Float32Array(rows.length) };
}

/** Pixel by pixel: five T-shirts and two shirts. */
const NEAREST = neighboursOf([10, 0], [11, 0], [12, 6], [13, 0], [14, 0], [15, 6], [16, 0]);

const BY = { run: 1, step: 1200, testAccuracy: null };
const LAYER = { position: 3, name: 'Dense 1', width: 100 };

/** By the hidden layer: five shirts and a T-shirt, one of them also above. */
const FOUND: FeatureNeighbours = {
  type: 'found',
  by: BY,
  layer: LAYER,
  neighbours: neighboursOf([20, 6], [12, 6], [22, 6], [23, 0], [24, 6], [25, 6], [26, 6]),
};

/** Opens a T-shirt/top of the test set that run 1 took for a shirt. */
async function open() {
  const worker = new FakeWorker();
  worker.onCommand = (command) => {
    if (isAsk(command, 'images')) void worker.answer(command, new Uint8Array(command.question.indices.length * 784));
    if (isAsk(command, 'pixelNeighbours')) void worker.answer(command, NEAREST);
  };
  const lab = measuredLabOn(worker, [evaluationOf([[0, 6, 0.75]], 7)]);
  const { current } = lab.runs.store.getState();
  const test = current?.test ?? null;
  const judged = current && test && hasAnswers(test) ? judgedOf(current, 'test', test) : null;
  const [answer] = judged === null ? [] : answersOf(judged.evaluation);
  if (judged === null || answer === undefined) throw new Error('There is nothing to open.');
  const { unmount } = render(
    <LabContext value={lab}>
      <ImageDialog judged={judged} answer={answer} pixels={new Uint8Array(784)} walk={ALONE} onClose={vi.fn()} />
    </LabContext>,
  );
  const section = await screen.findByRole('region', { name: 'As the network sees them' });
  const asked = () => worker.asks('featureNeighbours');
  await vi.waitFor(() => expect(asked()).toHaveLength(1));
  const answerSearch = (alike: FeatureNeighbours) => act(() => worker.answer(asked().at(-1), alike));
  const refuseSearch = (name: string, message: string) => act(() => worker.refuse(asked().at(-1), name, message));
  return { worker, lab, section, asked, answerSearch, refuseSearch, unmount };
}

const labelsIn = (element: HTMLElement) =>
  within(element)
    .getAllByRole('figure')
    .map((figure) => figure.textContent);

test('while the images go through the network it says how many have', async () => {
  const { worker, section, asked } = await open();
  expect(section.textContent).toBe('Waiting for the network.');
  expect(section.getAttribute('aria-busy')).toBe('true');
  const { name, request } = asked()[0] ?? expect.unreachable('Nobody asked.');
  const progress = { done: 12_300, total: 60_000 };
  act(() => worker.say({ type: 'requestProgressed', name, request, progress }));
  expect(section.textContent).toBe('Running the training images through the network: 12,300 of 60,000.');
  // Those that look alike are there already.
  expect(labelsIn(screen.getByRole('dialog'))).toHaveLength(6);
});

test('six images in two rows, and what the network has learned', async () => {
  const { section, answerSearch } = await open();
  await answerSearch(FOUND);
  expect(section.getAttribute('aria-busy')).toBe('false');
  expect(labelsIn(section)).toEqual(['Shirt', 'Shirt', 'Shirt', 'T-shirt/top', 'Shirt', 'Shirt']);
  expect(labelsIn(screen.getByRole('dialog'))).toHaveLength(12);
  expect(section.textContent).toContain('By the 100 values of Dense 1, the last hidden layer of run 1 at step 1,200.');
  expect(within(section).getByRole('status').textContent).toBe(
    '5 of these 6 are labelled Shirt, and only 2 of those above: the network finds this T-shirt/top more like them than the pixels do, hence its mistake. 1 image is in both rows: images that look alike pixel by pixel are not always alike to a network.',
  );
});

test('labels other than its own stand out', async () => {
  const { section, answerSearch } = await open();
  await answerSearch(FOUND);
  const strong = [...section.querySelectorAll('.is-other')].map(({ textContent }) => textContent);
  expect(strong).toEqual(['Shirt', 'Shirt', 'Shirt', 'Shirt', 'Shirt']);
});

test('a run that has learned since can be asked again', async () => {
  const { lab, section, asked, answerSearch } = await open();
  await answerSearch(FOUND);
  expect(within(section).queryByRole('button')).toBeNull();
  act(() =>
    lab.runs.store.setState(({ current, ...rest }) => ({
      ...rest,
      current: current && { ...current, losses: new Float32Array(1580) },
    })),
  );
  expect(section.textContent).toContain('It has taken 380 steps since.');
  fireEvent.click(within(section).getByRole('button', { name: 'Ask again' }));
  expect(section.textContent).toBe('Waiting for the network.');
  expect(asked()).toHaveLength(2);
  await answerSearch({ ...FOUND, by: { ...BY, step: 1580 } });
  expect(section.textContent).toContain('run 1 at step 1,580.');
  expect(within(section).queryByRole('button')).toBeNull();
});

test('another network than the one that made the mistake is not asked why', async () => {
  const { section, answerSearch } = await open();
  await answerSearch({ ...FOUND, by: { run: 'shipped', step: 3000, testAccuracy: 0.918 } });
  expect(section.textContent).toContain('the last hidden layer of the network trained in advance.');
  expect(within(section).getByRole('status').textContent).toMatch(
    /^1 of these 6 is labelled T-shirt\/top, as this image is/,
  );
});

describe('instead of a second row it says', () => {
  const NOTHING: LabelledNeighbours = neighboursOf();

  test.each<[string, FeatureNeighbours, string]>([
    [
      'that there is no hidden layer',
      { type: 'pixels', by: BY },
      'Run 1 at step 1,200 has no hidden layer: the last one before its output is the pixels themselves. So the images above are also those that it finds most alike.',
    ],
    [
      'that no network is trained',
      { type: 'noNetwork' },
      'No network has been trained yet. Train one, then open this image again.',
    ],
    [
      'that the values are not numbers any more',
      { ...FOUND, neighbours: NOTHING },
      'The values of Dense 1 are not numbers any more, so nothing can be compared. Reset the run, and try a lower learning rate.',
    ],
  ])('%s', async (_what, alike, text) => {
    const { section, answerSearch } = await open();
    await answerSearch(alike);
    expect(section.textContent).toBe(text);
    expect(within(section).queryByRole('figure')).toBeNull();
  });

  test.each([
    ['what went wrong', 'RangeError', 'There is no memory left.', 'There is no memory left.'],
    ['that another search came first', 'AbortError', 'A newer one.', 'A newer search replaced this one. Ask again'],
  ])('%s', async (_what, name, message, text) => {
    const { lab, section, refuseSearch } = await open();
    await refuseSearch(name, message);
    expect(section.textContent).toBe(text);
    expect(lab.device.getState().failure).toBeNull();
  });
});

test('closing it ends the search', async () => {
  const { worker, asked, unmount } = await open();
  const cancelled = () => worker.sent.flatMap((command) => (command.type === 'cancel' ? [command.request] : []));
  expect(cancelled()).toEqual([]);
  unmount();
  expect(cancelled()).toEqual([asked()[0]?.request]);
});

test('the true class is marked among the probabilities', async () => {
  await open();
  expect(screen.getByRole('listitem', { name: /^T-shirt\/top [\d.]+ %, the true class$/ })).toBeTruthy();
  expect(screen.getAllByText('true')).toHaveLength(1);
});
