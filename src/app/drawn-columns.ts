import { startTransition, useEffect, useState } from 'react';
import { useDataSet } from '../features/lab.tsx';
import { isComplete } from '../state/data-set.ts';
import { useMinWidth } from '../ui/base/use-min-width.ts';
import type { View } from './Dock.tsx';

/** Milliseconds after which a column is drawn though the page was never idle, or the samples still come. */
const PATIENCE = 4000;

/**
 * Whether the columns beside the training are drawn. Where the screen has no room for them (`layout.css`), each is drawn when it is
 * first shown, as when somebody goes to it or turns the phone, or before that when the samples are here and the page has
 * nothing else to do: so a phone begins with what it shows.
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
  const isLoaded = useDataSet(isComplete);
  useEffect(() => {
    if (isDrawn || !isItsTurn) return;
    const draw = () => startTransition(() => setDrawn(true));
    return isLoaded ? whenIdle(draw) : after(PATIENCE, draw);
  }, [isDrawn, isItsTurn, isLoaded]);
  return isDrawn || isShown;
}

/** Calls back once. Returns a function that cancels it. */
function whenIdle(callback: () => void): () => void {
  // Safari has no such callback.
  if (typeof requestIdleCallback === 'undefined') return after(PATIENCE / 4, callback);
  const request = requestIdleCallback(callback, { timeout: PATIENCE });
  return () => cancelIdleCallback(request);
}

function after(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}
