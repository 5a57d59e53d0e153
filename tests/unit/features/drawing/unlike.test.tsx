import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { DrawPanel } from '../../../../src/features/drawing/DrawPanel.tsx';
import { createRowStore } from '../../../../src/features/drawing/typed-row.ts';
import { useDrawing } from '../../../../src/features/drawing/use-drawing.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { FakeWorker } from '../../state/fake-worker.ts';

const ROW = createRowStore();

function DrawTab() {
  return <DrawPanel control={useDrawing()} row={ROW} />;
}

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** A stroke that the network is sure of, at this distance from the nearest training image. */
async function drawAt(distance: number) {
  const worker = new FakeWorker();
  render(
    <LabContext value={worker.lab()}>
      <DrawTab />
    </LabContext>,
  );
  const pad = screen.getByLabelText('Drawing pad');
  vi.spyOn(pad, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 280, 280));
  fireEvent.pointerDown(pad, { clientX: 40, clientY: 80, button: 0 });
  fireEvent.pointerMove(pad, { clientX: 240, clientY: 80 });
  fireEvent.pointerUp(pad);
  await waitFor(() => expect(worker.asks('predict')).toHaveLength(1));
  const probabilities = Float32Array.from({ length: 10 }, (_, label) => (label === 8 ? 1 : 0));
  const answer = { run: 'shipped', step: 9, testAccuracy: 0.9, probabilities } as const;
  await act(() => worker.answer(worker.asks('predict')[0], answer));
  const answerSearch = async (at: number) => {
    await waitFor(() => expect(worker.asks('pixelNeighbours').length).toBeGreaterThan(at), { timeout: 5000 });
    const ask = worker.asks('pixelNeighbours')[at];
    const count = ((ask?.question.pixels.length ?? 0) / 784) * (ask?.question.k ?? 0);
    const distances = new Float32Array(count).fill(distance);
    const indices = Uint32Array.from({ length: count }, (_, i) => i);
    const found = { searched: 60_000, distances, indices, labels: new Uint8Array(count) };
    await act(() => worker.answer(ask, found));
  };
  await answerSearch(0);
  return { again: () => answerSearch(1) };
}

test('of a drawing that is unlike the data the warning comes first, and no figure follows', async () => {
  const { again } = await drawAt(90);
  await again();
  const warning = await screen.findByText(/so the answer means little/);
  const answer = screen.getByText('Perhaps Bag');
  const bars = screen.getByRole('list', { name: 'Prediction' });
  expect(warning.compareDocumentPosition(answer) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  expect(warning.compareDocumentPosition(bars) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  expect(answer.closest('p')?.textContent).not.toContain('%');
  expect(bars.className).toContain('is-faded');
  expect(within(bars).queryByText(/100/)).toBeNull();
});

test('of a drawing that is like the data the figure stands, and nothing is faded', async () => {
  await drawAt(5);
  await screen.findByText('Nearest training images');
  expect(screen.getByText('Bag, >99 %').tagName).toBe('B');
  expect(screen.queryByText(/so the answer means little/)).toBeNull();
  expect(screen.getByRole('list', { name: 'Prediction' }).className).not.toContain('is-faded');
});
