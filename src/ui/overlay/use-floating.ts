import { type RefObject, useLayoutEffect, useRef } from 'react';
import { type Placement, place } from './place.ts';

/**
 * Puts an element with `popover="manual"` into the top layer beside `anchor`, and keeps it there while things scroll or
 * change size. The element must be mounted only while it is open.
 */
export function useFloating<T extends HTMLElement>(anchor: Element | null, placement: Placement): RefObject<T | null> {
  const float = useRef<T>(null);
  const { side, align } = placement;
  useLayoutEffect(() => {
    const element = float.current;
    if (!element || !anchor) return;
    const move = () => moveBeside(element, anchor, { side, align });
    element.showPopover?.();
    move();
    addEventListener('resize', move);
    addEventListener('scroll', move, { capture: true, passive: true });
    const growth = 'ResizeObserver' in globalThis ? new ResizeObserver(move) : null;
    growth?.observe(element);
    return () => {
      growth?.disconnect();
      removeEventListener('resize', move);
      removeEventListener('scroll', move, { capture: true });
    };
  }, [anchor, side, align]);
  return float;
}

function moveBeside(element: HTMLElement, anchor: Element, placement: Placement): void {
  const viewport = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight };
  const { left, top } = place(anchor.getBoundingClientRect(), element.getBoundingClientRect(), viewport, placement);
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}
