import { useMemo, useSyncExternalStore } from 'react';
import { currentTheme } from '../base/theme.ts';
import { type Ramp, rampOf } from './tile-paint.ts';

/** The diverging colours of the theme on screen, for canvases: they do not follow the style sheet by themselves. */
export function useRamp(): Ramp {
  const theme = useSyncExternalStore(watchTheme, () => currentTheme());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours depend on the theme through the style sheet.
  return useMemo(() => rampOf(document.documentElement), [theme]);
}

function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
