import { type RefObject, useLayoutEffect, useState } from 'react';

/** Up to so many rows are always there, all of them. */
const FEW = 16;

/** Rows above and below those in view, so that Tab and the arrow keys find the next one. */
const MORE = 3;

/** Some rows of a list: those from `first` to before `end`, and the heights of those that are left out, in CSS pixels. */
export interface RowsInView {
  readonly first: number;
  readonly end: number;
  readonly above: number;
  readonly below: number;
}

/**
 * Which of `count` rows of one height are in view of the element that scrolls them, and some more. All of them where they are
 * few, or where nothing is laid out.
 */
export function useRowsInView(scroller: RefObject<HTMLElement | null>, count: number): RowsInView {
  const [view, setView] = useState({ top: 0, height: 0, row: 0 });
  const isLong = count > FEW;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || !isLong) return;
    const measure = () => {
      const row = element.querySelector<HTMLElement>('tbody tr[aria-rowindex]')?.offsetHeight ?? 0;
      // In steps, so that few of the places on the way count.
      const step = row * 2;
      const top = step > 0 ? Math.floor(element.scrollTop / step) * step : 0;
      const height = element.clientHeight;
      setView((old) => (old.top === top && old.height === height && old.row === row ? old : { top, height, row }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [scroller, isLong]);
  const { top, height, row } = view;
  if (!isLong || row === 0) return { first: 0, end: count, above: 0, below: 0 };
  const first = Math.min(Math.max(0, Math.floor(top / row) - MORE), count);
  const end = Math.min(count, Math.ceil((top + height) / row) + MORE + 1);
  return { first, end, above: first * row, below: (count - end) * row };
}
