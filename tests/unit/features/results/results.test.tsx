import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { confusionOf } from '../../../../src/core/evaluation/confusion.ts';
import type { Evaluation } from '../../../../src/core/evaluation/evaluation.ts';
import { classificationReport } from '../../../../src/core/evaluation/metrics.ts';
import { reportCsv, reportLatex, reportText } from '../../../../src/core/evaluation/report-text.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { MistakesPanel } from '../../../../src/features/results/MistakesPanel.tsx';
import { ResultsPanel } from '../../../../src/features/results/ResultsPanel.tsx';
import type { ResultsTab } from '../../../../src/features/results/tabs.ts';
import type { Lab } from '../../../../src/state/lab.ts';
import { type AnswerRow, evaluationOf } from '../../core/support/evaluation.ts';
import { FakeWorker, isAsk } from '../../state/fake-worker.ts';
import { measuredLab, measuredLabOn } from './measured-lab.ts';

afterEach(cleanup);

/** Two images of each class, of which the second ones of Pullover, Shirt and Bag are taken for the next class. */
const ROWS = FASHION_MNIST.classes.flatMap((_, label): AnswerRow[] => [
  [label, label, 0.75],
  [label, [2, 6, 8].includes(label) ? label + 1 : label, 0.5],
]);

describe('the report', () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text));
  });
  afterEach(() => vi.restoreAllMocks());

  const evaluation = evaluationOf(ROWS);
  const show = async () => {
    const lab = measuredLab(evaluation);
    const page = (tab: ResultsTab) => (
      <LabContext value={lab}>
        <ResultsPanel tab={tab} onTab={() => undefined} draw={null} />
      </LabContext>
    );
    const { rerender } = render(page('report'));
    await screen.findByRole('table', { name: 'Classification report' });
    return (tab: ResultsTab) => rerender(page(tab));
  };
  const firstRow = () => within(screen.getByRole('table', { name: 'Classification report' })).getAllByRole('row')[1];

  test('stays sorted while another tab shows', async () => {
    const turnTo = await show();
    expect(firstRow()?.textContent).toContain('T-shirt/top');
    fireEvent.click(screen.getByRole('button', { name: 'F1' }));
    expect(firstRow()?.textContent).toContain('Pullover1.0000.5000.6672');
    turnTo('confusion');
    expect(screen.queryByRole('table', { name: 'Classification report' })).toBeNull();
    turnTo('report');
    expect(firstRow()?.textContent).toContain('Pullover');
    expect(screen.getByRole('columnheader', { name: 'F1' }).getAttribute('aria-sort')).toBe('ascending');
  });

  test("is copied in scikit-learn's order of the classes, however it is sorted", async () => {
    await show();
    fireEvent.click(screen.getByRole('button', { name: 'F1' }));
    for (const format of ['text', 'CSV', 'LaTeX']) fireEvent.click(screen.getByRole('button', { name: format }));
    const report = classificationReport(confusionOf(evaluation));
    expect(written).toEqual([reportText, reportCsv, reportLatex].map((write) => write(report, FASHION_MNIST.classes)));
    for (const text of written) {
      const places = FASHION_MNIST.classes.map((name) => text.indexOf(name));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });
});

describe('what several runs get wrong', () => {
  const show = (...tests: readonly (Evaluation | null)[]) => {
    const lab: Lab = measuredLab(...tests);
    render(
      <LabContext value={lab}>
        <MistakesPanel />
      </LabContext>,
    );
    choose('Show', 'wrong in several runs');
  };
  const choose = (field: string, choice: string) => {
    const select = screen.getByRole<HTMLSelectElement>('combobox', { name: field });
    const index = [...select.options].findIndex((option) => option.text === choice);
    fireEvent.change(select, { target: { value: String(index) } });
  };
  const captions = async () => (await screen.findAllByRole('figure')).map((figure) => figure.textContent);

  const FIRST = evaluationOf([
    [2, 4, 0.75],
    [2, 6, 0.75],
    [6, 6, 0.5],
    [9, 7, 0.5],
    [8, 8, 0.5],
  ]);
  const SECOND = evaluationOf([
    [2, 4, 0.5],
    [2, 6, 0.5],
    [6, 0, 0.5],
    [9, 5, 0.5],
    [8, 7, 0.5],
  ]);
  const THIRD = evaluationOf([
    [2, 2, 0.5],
    [2, 6, 0.5],
    [6, 0, 0.5],
    [9, 7, 0.5],
    [8, 8, 0.5],
  ]);

  test('leaves confidence out, which is that of one run; the lists of this run go by it', async () => {
    show(FIRST, SECOND);
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Confidence' }).disabled).toBe(true);
    choose('Show', 'most confident errors');
    expect(await captions()).toEqual([
      'Pullover→ Coat75.0\u202f% sure',
      'Pullover→ Shirt75.0\u202f% sure',
      'Ankle boot→ Sneaker50.0\u202f% sure',
    ]);
    choose('Confidence', '50\u202f% or less');
    expect(await captions()).toEqual(['Ankle boot→ Sneaker50.0\u202f% sure']);
  });

  test('shows each image with its label and what the runs said, those first that all call the same', async () => {
    show(FIRST, SECOND, THIRD);
    expect(await captions()).toEqual([
      'Pullover→ Shirt3 of 3 runs',
      'Pullover→ Coat2 of 3 runs1 Pullover',
      'Shirt→ T-shirt/top2 of 3 runs1 Shirt',
      'Ankle boot→ Sneaker2 of 3 runs1 Sandal',
    ]);
    expect(
      screen.getByText('4 of 5 images are wrong in at least 2 of 3 runs, 1 with the same answer from all'),
    ).toBeDefined();
    expect(screen.getByText(/the label itself may be wrong/)).toBeDefined();
    expect(screen.getByRole('button', { name: /^Ankle boot, 2 of 3 runs: Sneaker, 1 Sandal/ })).toBeDefined();
  });

  test('goes by the filters: the true class, and a wrong one that some run gave', async () => {
    show(FIRST, SECOND, THIRD);
    choose('Predicted', 'Sandal');
    expect(await captions()).toEqual(['Ankle boot→ Sneaker2 of 3 runs1 Sandal']);
    choose('Predicted', 'Pullover');
    expect(screen.getByText('No image matches these filters.')).toBeDefined();
    choose('Predicted', 'any');
    choose('True', 'Pullover');
    expect(await captions()).toHaveLength(2);
  });

  test('opens an image as the other lists do, with the answer of the current run', async () => {
    show(THIRD, FIRST);
    fireEvent.click(await screen.findByRole('button', { name: /^Pullover, 2 of 2 runs: Shirt/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Pullover, test image 101' });
    const bars = within(dialog).getAllByRole('listitem');
    expect(bars[6]?.getAttribute('aria-label')).toBe('Shirt 50.0 %');
  });

  test('an opened image leads to the others of its list, by buttons and by N', async () => {
    const worker = new FakeWorker();
    worker.onCommand = (command) => {
      if (isAsk(command, 'images')) void worker.answer(command, new Uint8Array(command.question.indices.length * 784));
    };
    const lab = measuredLabOn(worker, [FIRST]);
    render(
      <LabContext value={lab}>
        <MistakesPanel />
      </LabContext>,
    );
    fireEvent.click(await screen.findByRole('button', { name: /^Pullover taken for Coat/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Pullover, test image 100' });
    expect(within(dialog).getByText('1 of 3')).toBeDefined();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Next' }));
    await screen.findByRole('dialog', { name: 'Pullover, test image 101' });
    fireEvent.keyDown(dialog, { key: 'n' });
    await screen.findByRole('dialog', { name: 'Ankle boot, test image 103' });
    expect(within(dialog).getByRole('button', { name: 'Next' }).getAttribute('aria-disabled')).toBe('true');
    fireEvent.keyDown(dialog, { key: 'n' });
    expect(within(dialog).getByText('3 of 3')).toBeDefined();
    fireEvent.keyDown(dialog, { key: 'N', shiftKey: true });
    await screen.findByRole('dialog', { name: 'Pullover, test image 101' });
  });

  test('asks for a second run where there is none, and says so where the others have no answers of their own', async () => {
    show(FIRST);
    expect(await screen.findByText(/^This is the only run\. Train a second one with another network/)).toBeDefined();
    cleanup();
    show(FIRST, null);
    const others = /^No other run was measured on the test set, or it gave the very same answers\. Choose Validation/;
    expect(await screen.findByText(others)).toBeDefined();
    cleanup();
    show(FIRST, { ...FIRST, probabilities: FIRST.probabilities.slice() });
    expect(await screen.findByText(others)).toBeDefined();
    expect(screen.queryByRole('figure')).toBeNull();
  });
});
