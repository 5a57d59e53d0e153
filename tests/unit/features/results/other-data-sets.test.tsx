import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test } from 'vitest';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { ConfusionPanel } from '../../../../src/features/results/ConfusionPanel.tsx';
import { InsidePanel } from '../../../../src/features/results/InsidePanel.tsx';
import { NOT_LOOKED } from '../../../../src/features/results/looking.ts';
import { MistakesPanel } from '../../../../src/features/results/MistakesPanel.tsx';
import { ReportPanel } from '../../../../src/features/results/ReportPanel.tsx';
import type { Lab } from '../../../../src/state/lab.ts';
import { BY_LABEL } from '../../../../src/ui/matrix/report-order.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';
import { evaluationOf } from '../../core/support/evaluation.ts';
import { FakeWorker, isAsk } from '../../state/fake-worker.ts';
import { labOf } from './lab-of.ts';

afterEach(cleanup);

const BYTES = 24 * 20 * 3;

/** Two photos of each sign, of which one of Yield was taken for Speed limit. */
const TEST = evaluationOf(
  [
    [0, 0, 0.9],
    [0, 0, 0.8],
    [1, 1, 0.7],
    [1, 2, 0.6],
    [2, 2, 0.9],
    [2, 2, 0.9],
    [3, 3, 0.9],
    [3, 3, 0.9],
  ],
  100,
  4,
);

function signsWorker(): FakeWorker {
  const worker = new FakeWorker();
  worker.onCommand = (command) => {
    if (isAsk(command, 'images')) void worker.answer(command, new Uint8Array(command.question.indices.length * BYTES));
  };
  return worker;
}

async function show(lab: Lab, panel: ReactNode) {
  render(<LabContext value={lab}>{panel}</LabContext>);
  await act(async () => undefined);
}

const report = <ReportPanel order={BY_LABEL} onOrder={() => undefined} choice={null} onChoice={() => undefined} />;

test('a matrix has a row and a column for each class, and speaks of its samples', async () => {
  await show(
    labOf(signsWorker(), SIGNS, { dataset: SIGNS, test: TEST }),
    <ConfusionPanel choice={null} onChoice={() => undefined} />,
  );
  const matrix = screen.getByRole('table', { name: 'Confusion matrix' });
  expect(within(matrix).getAllByRole('button')).toHaveLength(16);
  expect(screen.getByText('8 test photos')).toBeDefined();
  const cell = within(matrix).getByRole('button', { name: 'True Yield, predicted Speed limit: 1' });
  fireEvent.pointerOver(cell);
  expect(document.querySelector('.tip')?.textContent).toBe('1 of 2 photos of Yield were taken for Speed limit.');
  fireEvent.click(cell);
  const strip = screen.getByRole('region', { name: 'Photos of the selected cell' });
  expect(strip.textContent).toContain('1 photo, most confident first');
});

test('a report names its classes, and explains its figures without an example', async () => {
  await show(labOf(signsWorker(), SIGNS, { dataset: SIGNS, test: TEST }), report);
  const table = screen.getByRole('table', { name: 'Classification report' });
  expect(
    within(table)
      .getAllByRole('rowheader')
      .slice(0, 4)
      .map(({ textContent }) => textContent),
  ).toEqual(['Stop', 'Yield', 'Speed limit', 'No entry']);
  expect(screen.getByText('Yield is the hardest sign.')).toBeDefined();
  expect(screen.getByText(/^Precision: of the signs that are given a class/)).toBeDefined();
  expect(screen.queryByText(/shirt|garment/)).toBeNull();
});

test('a report without a mistake names no hardest class', async () => {
  const right = evaluationOf(
    [0, 1, 2, 3].map((label) => [label, label, 0.9]),
    100,
    4,
  );
  await show(labOf(signsWorker(), SIGNS, { dataset: SIGNS, test: right }), report);
  expect(screen.getByText('No mistake.').parentElement?.textContent).toBe(
    'No mistake. The network recognised all of these signs.',
  );
  expect(screen.queryByText(/hardest/)).toBeNull();
});

test('mistakes are shown in the size of their samples, and open one by one', async () => {
  await show(labOf(signsWorker(), SIGNS, { dataset: SIGNS, test: TEST }), <MistakesPanel />);
  expect(screen.getByText('1 mistakes in 8 photos')).toBeDefined();
  const wrong = await screen.findByRole<HTMLCanvasElement>('img', {
    name: 'Yield taken for Speed limit, 60 % sure',
  });
  expect([wrong.width, wrong.height]).toEqual([20, 24]);
  expect(wrong.getAttribute('style')).toContain('20 / 24');
  fireEvent.click(wrong);
  const dialog = await screen.findByRole('dialog', { name: 'Yield, test photo 103' });
  const bars = within(within(dialog).getByRole('list', { name: 'Probabilities' })).getAllByRole('listitem');
  expect(bars.map((bar) => bar.getAttribute('aria-label')?.replace(/ [\d.]+ %(, the true class)?$/, ''))).toEqual(
    SIGNS.classes,
  );
  expect(within(dialog).getByRole('heading', { name: 'Nearest training photos, pixel by pixel' })).toBeDefined();
});

test('a run is shown with its own classes where another data set is open, without the pixels of that one', async () => {
  const worker = signsWorker();
  await show(labOf(worker, FASHION_MNIST, { dataset: SIGNS, test: TEST }), <MistakesPanel />);
  expect(screen.getByRole('img', { name: 'Yield taken for Speed limit, 60 % sure, loading' })).toBeDefined();
  expect(worker.asks('images')).toEqual([]);
});

test('rows of numbers are called rows, and have no picture', async () => {
  const answers = evaluationOf([[0, 1, 0.75]], 5, 2);
  await show(labOf(new FakeWorker(), WEATHER, { dataset: WEATHER, test: answers }), <MistakesPanel />);
  expect(screen.getByText('1 mistakes in 1 row')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Dry taken for Rain, 75 % sure' }).textContent).toBe('Dry');
  expect(screen.queryByRole('img')).toBeNull();
});

test('what cannot be drawn offers no drawing to look inside with', async () => {
  await show(labOf(signsWorker(), SIGNS), <InsidePanel looking={NOT_LOOKED} onLooking={() => undefined} />);
  const choices = within(screen.getByRole('radiogroup', { name: 'Photo to look at' })).getAllByRole('radio');
  expect(choices).toHaveLength(1);
  expect(screen.getByRole('status').textContent).toBe('The test photos load last and are still loading.');
});

test('mistakes are not shared with runs of another data set', async () => {
  const signs = { dataset: SIGNS, test: TEST };
  const garments = { dataset: FASHION_MNIST, test: evaluationOf([[0, 6, 0.5]]) };
  await show(labOf(signsWorker(), SIGNS, signs, garments), <MistakesPanel />);
  const select = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Show' });
  select.selectedIndex = 3;
  fireEvent.change(select);
  expect(screen.getByText(/^The other runs used another data set/).textContent).toContain('on Road signs');
});
