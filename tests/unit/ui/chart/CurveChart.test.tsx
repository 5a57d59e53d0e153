import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CurveChart, type CurveChartProps } from '../../../../src/ui/chart/CurveChart.tsx';
import { CurveReader } from '../../../../src/ui/chart/CurveReader.tsx';
import { epochFigures } from '../../../../src/ui/chart/readout.ts';

afterEach(cleanup);

const validation = [0.398, 0.44, 0.312].map((value, index) => ({ epoch: index + 1, value }));
const training = [0.564, 0.355, 0.305].map((value, index) => ({ epoch: index + 1, value }));
const ghosts = [{ run: 4, validation: [{ epoch: 1, value: 0.543 }] }];
const props: CurveChartProps = {
  kind: 'loss',
  epochs: 15,
  trace: training,
  training,
  validation,
  ghosts,
  smoothing: 0,
  gap: false,
  logarithmic: false,
};

describe('CurveChart', () => {
  test('is a figure with its name', () => {
    render(<CurveChart {...props} />);
    expect(screen.getByRole('figure', { name: 'Loss' }).querySelector('.plot')).not.toBeNull();
  });

  test('shows the same figures as a table, and the curves again', () => {
    render(<CurveChart {...props} />);
    const figure = screen.getByRole('figure', { name: 'Loss' });
    const toggle = within(figure).getByRole('button', { name: 'Show as table' });
    fireEvent.click(toggle);
    const rows = within(screen.getByRole('table', { name: 'Loss by epoch' })).getAllByRole('row');
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
      ['Epoch', 'Training mean', 'Validation', 'Run 4'],
      ['1', '0.564', '0.398', '0.543'],
      ['2', '0.355', '0.440', ''],
      ['3', '0.305', '0.312', ''],
    ]);
    fireEvent.click(toggle);
    expect(screen.queryByRole('table')).toBeNull();
  });

  test('as a table shows the newest 200 of 300 epochs, and all of them on request', () => {
    const long = Array.from({ length: 300 }, (_, index) => ({ epoch: index + 1, value: 1 / (index + 1) }));
    render(<CurveChart {...props} epochs={300} trace={long} training={long} validation={long} />);
    fireEvent.click(screen.getByRole('button', { name: 'Show as table' }));
    const epochs = () => [...document.querySelectorAll('.curve-table tbody th')].map(({ textContent }) => textContent);
    expect(epochs()).toHaveLength(200);
    expect([epochs()[0], epochs().at(-1)]).toEqual(['101', '300']);
    expect(screen.getByText(/The last 200 of 300 epochs/)).not.toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Show all 300' }));
    expect(epochs()).toHaveLength(300);
    expect(screen.queryByText(/The last 200/)).toBeNull();
  });

  test('saves as numbers what it shows when that is asked for, though its menu was opened before', async () => {
    const saved: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      if (blob instanceof Blob) saved.push(blob);
      return 'blob:saved';
    });
    const { rerender } = render(<CurveChart {...props} saveAs="run 5 loss" />);
    fireEvent.click(screen.getByRole('button', { name: 'Save run 5 loss' }));
    rerender(<CurveChart {...props} saveAs="run 5 loss" validation={[...validation, { epoch: 4, value: 0.125 }]} />);
    fireEvent.click(screen.getByRole('button', { name: 'Numbers CSV' }));
    await vi.waitUntil(() => saved.length === 1);
    const text = await saved[0]?.text();
    vi.restoreAllMocks();
    expect(text).toContain('0.125');
  });

  test('is a skeleton before the first figure', () => {
    render(<CurveChart {...props} trace={[]} training={[]} validation={[]} ghosts={[]} />);
    expect(document.querySelector('.plot-skeleton')).not.toBeNull();
  });
});

describe('CurveReader', () => {
  const at = { width: 300, height: 200, x: (epoch: number) => epoch * 20, y: () => 0 };
  const figures = epochFigures({ training, validation }, ghosts);
  const format = (value: number) => value.toFixed(3);

  test('speaks the newest epoch, and the others with arrow keys', () => {
    render(<CurveReader name="Loss" at={at} figures={figures} line={training} ghosts={ghosts} format={format} />);
    const reader = screen.getByRole('slider', { name: 'Loss by epoch' });
    expect(reader.getAttribute('aria-valuetext')).toBe('Epoch 3, training 0.305, validation 0.312');
    fireEvent.keyDown(reader, { key: 'Home' });
    expect(reader.getAttribute('aria-valuetext')).toBe('Epoch 1, training 0.564, validation 0.398, run 4 0.543');
    fireEvent.keyDown(reader, { key: 'ArrowRight' });
    expect(reader.getAttribute('aria-valuenow')).toBe('2');
  });

  test('shows the epoch under the pointer until it leaves', () => {
    render(<CurveReader name="Loss" at={at} figures={figures} line={training} ghosts={ghosts} format={format} />);
    const reader = screen.getByRole('slider');
    fireEvent.pointerMove(reader, { clientX: 42 });
    expect(document.querySelector('.tip b')?.textContent).toBe('epoch 2');
    fireEvent.pointerLeave(reader);
    expect(document.querySelector('.tip')).toBeNull();
  });
});
