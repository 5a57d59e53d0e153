import { expect, test } from 'vitest';
import { heatLayout } from '../../../../src/ui/matrix/heat-layout.ts';

const named = (count: number, length: number) => Array.from({ length: count }, (_, i) => `${i}`.padEnd(length, 'x'));

test('up to sixteen classes with short names fill the width', () => {
  for (const count of [2, 10, 16]) {
    expect(heatLayout(named(count, 11))).toEqual({ className: 'heat', style: {}, scrolls: false, isSmall: false });
  }
});

test('a matrix of more classes scrolls, as wide as its columns need, and very many have small cells', () => {
  expect(heatLayout(named(40, 5))).toEqual({
    className: 'heat heat-many',
    style: { '--columns': 40 },
    scrolls: true,
    isSmall: false,
  });
  expect(heatLayout(named(100, 5))).toEqual({
    className: 'heat heat-many heat-small',
    style: { '--columns': 100 },
    scrolls: true,
    isSmall: true,
  });
});

test('longer names get more room, up to a limit', () => {
  expect(heatLayout(named(4, 16))).toEqual({
    className: 'heat heat-long',
    style: { '--label-w': '104px' },
    scrolls: false,
    isSmall: false,
  });
  expect(heatLayout(named(4, 22)).style).toEqual(heatLayout(named(4, 60)).style);
});
