import { useEffect } from 'react';
import { useLab } from '../../lab.tsx';
import type { PanelActions } from './panel-actions.ts';

/** Says for screen readers what Undo and Redo did: `Undone: delete Dense`. */
export function useHistoryWords({ say }: PanelActions): void {
  const { draft } = useLab();
  useEffect(
    () => draft.onStep((direction, change) => say(`${direction === 'undone' ? 'Undone' : 'Redone'}: ${change}`)),
    [draft, say],
  );
}
