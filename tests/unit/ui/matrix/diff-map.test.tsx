import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { DiffMap } from '../../../../src/ui/matrix/DiffMap.tsx';

afterEach(cleanup);

/** The cells of a map of so many classes, of which one truth is taken for another more often by an eighth. */
function cellsOf(count: number): readonly Element[] {
  const classes = Array.from({ length: count }, (_, i) => `class ${i}`);
  const values = classes.map((_, truth) =>
    classes.map((__, predicted) => (truth === 0 && predicted === 1 ? 0.125 : 0)),
  );
  render(<DiffMap label="Difference" classes={classes} values={values} />);
  return [...screen.getByRole('table', { name: 'Difference' }).querySelectorAll('tbody td')];
}

test('cells of a few classes have their figures', () => {
  const [same, more] = cellsOf(3);
  expect([same?.innerHTML, more?.innerHTML]).toEqual(['', '+13']);
  expect(more?.getAttribute('title')).toBeNull();
});

test('cells of a hundred classes are too small for them: they are told when one is pointed at, and read aloud', () => {
  const [same, more] = cellsOf(100);
  expect([same?.getAttribute('title'), more?.getAttribute('title')]).toEqual([null, 'class 0 as class 1: +13']);
  expect(more?.querySelector('.vh')?.textContent).toBe('+13');
});
