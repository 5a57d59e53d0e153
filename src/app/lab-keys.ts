import { useLab } from '../features/lab.tsx';
import type { Shortcuts } from './shortcuts.ts';

/** The keys that train, pause, step, undo and redo. */
export function useLabKeys(): Shortcuts {
  const { draft, runs } = useLab();
  const { toggle, advance } = runs;
  return {
    Space: toggle,
    '.': () => advance('batch'),
    'Shift+.': () => advance('epoch'),
    // For keyboard layouts with another sign on that key.
    'Shift+>': () => advance('epoch'),
    'Ctrl+Z': draft.undo,
    'Ctrl+Shift+Z': draft.redo,
    'Ctrl+Y': draft.redo,
  };
}
