import { useCallback, useEffect, useRef, useState } from 'react';

const PAUSE_MS = 400;

/** The state of a tooltip: the element it is shown beside, if it is shown. */
export interface TipState {
  readonly anchor: Element | null;
  readonly show: (anchor: Element | null | undefined) => void;
  /** Shows it after 400 ms, unless it is hidden before. */
  readonly showSoon: (anchor: Element | null | undefined) => void;
  readonly hide: () => void;
}

/** Keeps whether and where a tooltip is shown. */
export function useTip(): TipState {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = useCallback((next: Element | null | undefined) => {
    clearTimeout(timer.current);
    setAnchor(next ?? null);
  }, []);
  const showSoon = useCallback(
    (next: Element | null | undefined) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => show(next), PAUSE_MS);
    },
    [show],
  );
  const hide = useCallback(() => show(null), [show]);
  return { anchor, show, showSoon, hide };
}
