import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import './splitter.css';

/** Props of {@link Splitter}. */
export interface SplitterProps {
  /** What it divides, as `Charts and runs`. */
  readonly label: string;
  /** The element below it, whose height it sets. Its parent gives the room. */
  readonly below: RefObject<HTMLElement | null>;
  /** The height in CSS pixels; null as the contents want it. */
  readonly height: number | null;
  readonly least: number;
  readonly onHeight: (height: number | null) => void;
}

/** Pixels by an arrow key, and by Page Up and Page Down. */
const STEP = 16;
const PAGE = 96;

/** A bar between two parts, one above the other: dragged, or moved with the arrow keys. Enter and a double click let go of it. */
export function Splitter({ label, below, height, least, onHeight }: SplitterProps) {
  const measured = useMeasured(below);
  const pressedAt = useRef(0);
  const now = Math.round(height ?? measured.height);
  const most = Math.max(least, Math.round(measured.most));
  const set = (wanted: number) => onHeight(Math.min(most, Math.max(least, Math.round(wanted))));
  const onPointerDown = (event: PointerEvent<HTMLHRElement>) => {
    event.currentTarget.setPointerCapture?.(event.pointerId);
    pressedAt.current = event.clientY + (below.current?.getBoundingClientRect().height ?? now);
  };
  const onPointerMove = (event: PointerEvent<HTMLHRElement>) => {
    if (event.buttons === 1) set(pressedAt.current - event.clientY);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const heights: Readonly<Record<string, number | null>> = {
      ArrowUp: now + STEP,
      ArrowDown: now - STEP,
      PageUp: now + PAGE,
      PageDown: now - PAGE,
      Home: most,
      End: least,
      Enter: null,
    };
    const wanted = heights[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    if (wanted === null) onHeight(null);
    else set(wanted);
  };
  return (
    <hr
      className="splitter"
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={Math.min(most, Math.max(least, now))}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={() => onHeight(null)}
      onKeyDown={onKeyDown}
    />
  );
}

/** How high an element is, and how high it could be if its neighbours gave way, each down to its least height. */
function useMeasured(below: RefObject<HTMLElement | null>): { readonly height: number; readonly most: number } {
  const [measured, setMeasured] = useState({ height: 0, most: 0 });
  useEffect(() => {
    const element = below.current;
    const parent = element && boxAround(element);
    if (!element || !parent) return;
    const measure = () => {
      const others = boxesIn(parent).filter((child) => child !== element);
      const taken = others.reduce((sum, child) => sum + leastHeight(child), 0);
      setMeasured({ height: element.offsetHeight, most: parent.clientHeight - taken });
    };
    const sizes = new ResizeObserver(measure);
    const watch = () => {
      sizes.disconnect();
      for (const part of [parent, ...boxesIn(parent)]) sizes.observe(part);
    };
    // Neighbours fold, come and go.
    const neighbours = new MutationObserver(watch);
    neighbours.observe(parent, { childList: true });
    measure();
    watch();
    return () => {
      neighbours.disconnect();
      sizes.disconnect();
    };
  }, [below]);
  return measured;
}

/** Whether an element has no box of its own: its children stand in its place. */
function isBoxless(element: Element): boolean {
  return getComputedStyle(element).display === 'contents';
}

/** The nearest ancestor with a box; null where there is none. */
function boxAround(element: Element): HTMLElement | null {
  const { parentElement: parent } = element;
  return parent !== null && isBoxless(parent) ? boxAround(parent) : parent;
}

/** What shares the room of an element. */
function boxesIn(parent: Element): readonly Element[] {
  return [...parent.children].flatMap((child) => (isBoxless(child) ? boxesIn(child) : [child]));
}

/** What an element keeps when there is little room: its least height where it can shrink, else its height. */
function leastHeight(element: Element): number {
  const { minHeight, flexShrink } = getComputedStyle(element);
  const least = Number.parseFloat(minHeight);
  return flexShrink !== '0' && least > 0 ? least : element.getBoundingClientRect().height;
}
