import { describe, expect, test } from 'vitest';
import { finite, valueAt, visibleGhosts } from '../../../../src/ui/chart/curve.ts';
import { endLabels, spread } from '../../../../src/ui/chart/labels.ts';

const curve = [
  { epoch: 1, value: 10 },
  { epoch: 3, value: 20 },
];

describe('valueAt', () => {
  test('lies on a straight line between points and level beyond them', () => {
    expect([0, 1, 2, 3, 4].map((epoch) => valueAt(curve, epoch))).toEqual([10, 10, 15, 20, 20]);
    expect(valueAt([], 1)).toBeUndefined();
  });
});

describe('visibleGhosts', () => {
  const ghost = (run: number, pinned = false) => ({ run, pinned, validation: curve });

  test('hides the oldest beyond five, but never a pinned one', () => {
    const ghosts = [1, 2, 3, 4, 5, 6, 7].map((run) => ghost(run, run === 2));
    expect(visibleGhosts(ghosts).map(({ run }) => run)).toEqual([2, 4, 5, 6, 7]);
  });

  test('leaves out a run without an epoch', () => {
    expect(visibleGhosts([{ run: 1, validation: [] }, ghost(2)]).map(({ run }) => run)).toEqual([2]);
  });
});

test('finite drops values that are no number and keeps a clean curve as the same object', () => {
  expect(finite([...curve, { epoch: 4, value: Number.NaN }])).toEqual(curve);
  expect(finite(curve)).toBe(curve);
});

describe('spread', () => {
  test('leaves labels alone that have room', () => {
    expect(spread([100, 20, 60], 15, 0, 200)).toEqual([100, 20, 60]);
  });

  test('moves labels apart, in their order', () => {
    expect(spread([50, 48, 90], 15, 0, 200)).toEqual([63, 48, 90]);
  });

  test('keeps all within the plot, even from the bottom', () => {
    const placed = spread([198, 199, 200], 15, 0, 200);
    expect(placed).toEqual([170, 185, 200]);
  });
});

describe('endLabels', () => {
  test('stand behind the ends while there is room, apart by a line', () => {
    const [first, second] = endLabels(
      [
        { x: 100, y: 50 },
        { x: 100, y: 55 },
      ],
      300,
      200,
    );
    expect([first.anchor, second.anchor]).toEqual(['start', 'start']);
    expect(second.y - first.y).toBe(15);
  });

  test('stand above the upper and below the lower line at the end of the axis', () => {
    const [first, second] = endLabels(
      [
        { x: 290, y: 150 },
        { x: 290, y: 55 },
      ],
      300,
      200,
    );
    expect([first.anchor, second.anchor]).toEqual(['end', 'end']);
    expect(first.y).toBeGreaterThan(150);
    expect(second.y).toBeLessThan(55);
  });

  test('never stand on the axis below', () => {
    const [first, second] = endLabels(
      [
        { x: 290, y: 196 },
        { x: 290, y: 190 },
      ],
      300,
      200,
    );
    expect([first.y, second.y]).toEqual([197, 182]);
  });

  test('never stand over the plot, where the best epoch is named', () => {
    const ends = [
      { x: 290, y: 16 },
      { x: 290, y: 18 },
    ] as const;
    const [first, second] = endLabels(ends, 300, 200);
    expect([first.y, second.y]).toEqual([26, 41]);
  });
});
