import { describe, expect, test } from 'vitest';
import { cellSentence, heatCells, worstMistake } from '../../../../src/ui/matrix/heat.ts';

const classes = ['Shirt', 'Coat', 'Bag'];
const counts = [
  [560, 159, 1],
  [32, 851, 0],
  [0, 4, 996],
];

describe('heatCells', () => {
  test('right answers and mistakes each have their own scale', () => {
    const cells = heatCells(counts, 'counts');
    expect(cells[2]?.[2]).toEqual({ text: '996', value: '996', strength: 92 });
    expect(cells[0]?.[1]).toEqual({ text: '159', value: '159', strength: 92 });
    expect(cells[0]?.[0]?.strength).toBe(52);
  });

  test('a few mistakes show beside many', () => {
    expect(heatCells(counts, 'counts')[1]?.[0]?.strength).toBe(35);
  });

  test('nothing is an empty cell without colour', () => {
    expect(heatCells(counts, 'row')[1]?.[2]).toEqual({ text: '', value: '0.0\u202f%', strength: 0 });
  });

  test('shares are short in the cell and in full in its name', () => {
    expect(heatCells(counts, 'row')[0]?.map(({ text, value }) => [text, value])).toEqual([
      ['78', '77.8\u202f%'],
      ['22', '22.1\u202f%'],
      ['<1', '0.1\u202f%'],
    ]);
    expect(heatCells(counts, 'column')[0]?.[0]?.value).toBe('94.6\u202f%');
  });

  test('a matrix of zeros has no colour and no NaN', () => {
    const zeros = counts.map((row) => row.map(() => 0));
    expect(heatCells(zeros, 'row').flat()).toEqual(
      zeros.flat().map(() => ({ text: '', value: '0.0\u202f%', strength: 0 })),
    );
  });
});

test('the scale of mistakes ends at the worst one', () => {
  expect(worstMistake(counts, 'counts')).toBe('159');
  expect(worstMistake(counts, 'row')).toBe('22.1\u202f%');
});

test('a cell reads as a sentence', () => {
  expect(cellSentence(counts, { truth: 0, predicted: 1 }, classes, 'images')).toBe(
    '159 of 720 images of Shirt were taken for Coat.',
  );
  expect(cellSentence(counts, { truth: 2, predicted: 2 }, classes, 'rows')).toBe(
    '996 of 1,000 rows of Bag were recognised.',
  );
});
