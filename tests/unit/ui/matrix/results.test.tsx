import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { classificationReport } from '../../../../src/core/evaluation/metrics.ts';
import { Notice } from '../../../../src/ui/card/Notice.tsx';
import { PixelImage } from '../../../../src/ui/image/PixelImage.tsx';
import { BarList } from '../../../../src/ui/matrix/BarList.tsx';
import { HeatMap } from '../../../../src/ui/matrix/HeatMap.tsx';
import { MistakeList } from '../../../../src/ui/matrix/MistakeList.tsx';
import { ReportTable } from '../../../../src/ui/matrix/ReportTable.tsx';
import { BY_LABEL } from '../../../../src/ui/matrix/report-order.ts';

afterEach(cleanup);

const classes = ['T-shirt/top', 'Shirt', 'Bag'];
const counts = [
  [860, 80, 10],
  [97, 560, 0],
  [0, 4, 996],
];

test('very many classes have cells without figures, whose names still say them, and a list of the most frequent mistakes', () => {
  const many = Array.from({ length: 41 }, (_, label) => `class ${label}`);
  const row = new Array<number>(41).fill(0);
  const table = many.map((_, truth) => (truth === 7 ? row.with(7, 60).with(33, 40) : row.with(truth, 100)));
  const onSelect = vi.fn();
  const heat = render(<HeatMap classes={many} samples="images" counts={table} mode="counts" onSelect={onSelect} />);
  const cell = heat.container.querySelector('[aria-label="True class 7, predicted class 33: 40"]');
  expect(cell?.textContent).toBe('');
  heat.unmount();
  render(<MistakeList classes={many} counts={table} selected={{ truth: 7, predicted: 33 }} onSelect={onSelect} />);
  const [mistake, ...more] = screen.getAllByRole('button');
  expect(more).toEqual([]);
  expect(mistake?.textContent).toBe('class 7 taken for class 3340 of 100');
  expect(mistake?.getAttribute('aria-pressed')).toBe('true');
  if (mistake) fireEvent.click(mistake);
  expect(onSelect).toHaveBeenCalledExactlyOnceWith({ truth: 7, predicted: 33 });
});

describe('HeatMap', () => {
  const draw = (onSelect = vi.fn()) => {
    render(
      <HeatMap
        classes={classes}
        samples="images"
        counts={counts}
        mode="counts"
        selected={{ truth: 1, predicted: 0 }}
        onSelect={onSelect}
      />,
    );
    return onSelect;
  };

  test('is a table with a named button for each cell', () => {
    const heard = draw();
    const table = screen.getByRole('table', { name: 'Confusion matrix' });
    expect(within(table).getAllByRole('button')).toHaveLength(9);
    fireEvent.click(within(table).getByRole('button', { name: 'True Shirt, predicted Shirt: 560' }));
    expect(heard.mock.calls).toEqual([[{ truth: 1, predicted: 1 }]]);
  });

  test('the selected cell is pressed and its row and column stand out', () => {
    draw();
    expect(screen.getByRole('button', { pressed: true }).getAttribute('aria-label')).toBe(
      'True Shirt, predicted T-shirt/top: 97',
    );
    expect(screen.getByRole('rowheader', { name: 'Shirt' }).className).toBe('on');
    expect(screen.getByRole('columnheader', { name: 'T-shirt/top' }).className).toBe('on');
  });

  test('is one stop; arrow keys, Home and End move inside', () => {
    draw();
    const focused = () => document.activeElement?.getAttribute('aria-label');
    const press = (key: string, ctrlKey = false) =>
      fireEvent.keyDown(document.activeElement ?? document.body, { key, ctrlKey });
    const stops = () => screen.getAllByRole('button').filter((cell) => cell.tabIndex === 0);
    expect(stops()).toHaveLength(1);
    stops()[0]?.focus();
    press('ArrowRight');
    press('ArrowDown');
    expect(focused()).toBe('True Shirt, predicted Shirt: 560');
    expect(stops().map((cell) => cell.getAttribute('aria-label'))).toEqual([focused()]);
    press('ArrowLeft');
    press('ArrowLeft');
    expect(focused()).toBe('True Shirt, predicted T-shirt/top: 97');
    press('End', true);
    expect(focused()).toBe('True Bag, predicted Bag: 996');
    press('Home');
    expect(focused()).toBe('True Bag, predicted T-shirt/top: 0');
  });

  test('says a cell as a sentence under the pointer', () => {
    draw();
    fireEvent.pointerOver(screen.getByRole('button', { name: 'True Shirt, predicted T-shirt/top: 97' }));
    expect(document.querySelector('.tip')?.textContent).toBe('97 of 657 images of Shirt were taken for T-shirt/top.');
    fireEvent.pointerLeave(screen.getByRole('table'));
    expect(document.querySelector('.tip')).toBeNull();
  });
});

describe('BarList', () => {
  test('has an item for each class with its percentage, and the largest stands out', () => {
    render(
      <BarList label="Prediction" classes={classes} outlines={null} shares={Float32Array.of(0.05, 0.931, 0.0001)} />,
    );
    const items = within(screen.getByRole('list', { name: 'Prediction' })).getAllByRole('listitem');
    expect(items.map((item) => item.getAttribute('aria-label'))).toEqual([
      'T-shirt/top 5.0 %',
      'Shirt 93.1 %',
      'Bag <0.1 %',
    ]);
    expect(items.map((item) => item.className)).toEqual(['bar', 'bar is-top', 'bar']);
    expect(items[1]?.querySelector<HTMLElement>('.track i')?.style.width).toMatch(/^93/);
  });

  test('waits with skeletons', () => {
    render(<BarList label="Prediction" classes={classes} outlines={null} shares={undefined} />);
    expect(screen.getByRole('listitem', { name: 'Bag, no answer yet' }).querySelector('.sk')).not.toBeNull();
  });
});

function SortedReport({ counts }: { readonly counts: readonly (readonly number[])[] }) {
  const [order, setOrder] = useState(BY_LABEL);
  return (
    <ReportTable {...{ classes, order }} outlines={null} report={classificationReport(counts)} onOrder={setOrder} />
  );
}

describe('ReportTable', () => {
  const rows = () =>
    within(screen.getByRole('table', { name: 'Classification report' }))
      .getAllByRole('row')
      .slice(1);
  const names = () => rows().map((row) => row.firstChild?.textContent);
  const sortedHeads = () =>
    screen
      .getAllByRole('columnheader')
      .filter((head) => head.hasAttribute('aria-sort'))
      .map((head) => `${head.textContent} ${head.getAttribute('aria-sort')}`);
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  const averages = ['Micro avg.', 'Macro avg.', 'Weighted avg.'];

  test('has a row for each class and each average, and the lowest F1 stands out', () => {
    render(<SortedReport counts={counts} />);
    expect(rows().map((row) => [...row.children].map((cell) => cell.textContent).join(' '))).toEqual([
      'T-shirt/top 0.899 0.905 0.902 950',
      'Shirt 0.870 0.852 0.861 657',
      'Bag 0.990 0.996 0.993 1,000',
      'Micro avg. 0.927 0.927 0.927 2,607',
      'Macro avg. 0.919 0.918 0.919 2,607',
      'Weighted avg. 0.926 0.927 0.927 2,607',
    ]);
    expect(rows().map((row) => row.className)).toEqual(['', 'low', '', 'avg', 'avg', 'avg']);
    expect(sortedHeads()).toEqual(['Class ascending']);
  });

  test('is sorted by the head that is pressed, the other way round at the next press, averages at the foot', () => {
    render(<SortedReport counts={counts} />);
    press('Recall');
    expect(names()).toEqual(['Shirt', 'T-shirt/top', 'Bag', ...averages]);
    expect(sortedHeads()).toEqual(['Recall ascending']);
    press('Recall');
    expect(names()).toEqual(['Bag', 'T-shirt/top', 'Shirt', ...averages]);
    expect(sortedHeads()).toEqual(['Recall descending']);
    press('Support');
    expect(names()).toEqual(['Shirt', 'T-shirt/top', 'Bag', ...averages]);
    expect(sortedHeads()).toEqual(['Support ascending']);
    press('Class');
    expect(names()).toEqual([...classes, ...averages]);
    expect(rows()[1]?.className).toBe('low');
  });

  test('keeps classes with equal figures in the order of their labels, both ways', () => {
    const even = [
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 2],
    ];
    render(<SortedReport counts={even} />);
    press('F1');
    expect(names().slice(0, 3)).toEqual(['T-shirt/top', 'Shirt', 'Bag']);
    press('F1');
    expect(names().slice(0, 3)).toEqual(['Bag', 'T-shirt/top', 'Shirt']);
  });
});

test('an image that is on its way is a skeleton with its name', () => {
  render(<PixelImage pixels={undefined} size={{ height: 28, width: 28, channels: 1 }} label="Shirt" />);
  expect(screen.getByRole('img', { name: 'Shirt, loading' }).className).toBe('tile sk');
});

test('a notice of an error interrupts, of information waits', () => {
  render(<Notice title="GPU context lost.">Nothing lost.</Notice>);
  expect(screen.getByRole('alert').textContent).toBe('GPU context lost. Nothing lost.');
  render(
    <Notice tone="info" title="Stored.">
      Ready.
    </Notice>,
  );
  expect(screen.getByRole('status').textContent).toBe('Stored. Ready.');
});
