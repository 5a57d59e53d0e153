import { startTransition, useEffect, useState } from 'react';
import { useMinWidth } from '../ui/base/use-min-width.ts';
import type { View } from './Dock.tsx';

/** Milliseconds after which a column is drawn though the page was never idle. */
const PATIENCE = 4000;

/**
 * Whether the columns beside the training are drawn. Where the screen has no room for them (`layout.css`), each is drawn when it is
 * first shown, as when somebody goes to it or turns the phone, or before that when the page has nothing else to do: so a phone
 * begins with what it shows.
 */
export function useDrawnColumns(view: View): { readonly build: boolean; readonly results: boolean } {
  const hasTwo = useMinWidth(761);
  const hasThree = useMinWidth(1200);
  const build = useDrawn(view === 'build' || (view === 'results' ? hasThree : hasTwo), true);
  const results = useDrawn(view === 'results' || hasThree, build);
  return { build, results };
}

function useDrawn(isShown: boolean, isItsTurn: boolean): boolean {
  const [isDrawn, setDrawn] = useState(isShown);
  if (isShown && !isDrawn) setDrawn(true);
  useEffect(() => {
    if (isDrawn || !isItsTurn) return;
    return whenIdle(() => startTransition(() => setDrawn(true)));
  }, [isDrawn, isItsTurn]);
  return isDrawn || isShown;
}

/** Calls back once. Returns a function that cancels it. */
function whenIdle(callback: () => void): () => void {
  // Safari has no such callback.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(callback, PATIENCE / 4);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(callback, { timeout: PATIENCE });
  return () => cancelIdleCallback(request);
}
