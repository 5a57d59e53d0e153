import type { PanelActions } from './panel-actions.ts';

/** The same actions where nothing of the network can be edited: what would edit it calls `refuse`. */
export function lockedActions(actions: PanelActions, refuse: () => void): PanelActions {
  return {
    ...actions,
    open: (opened) => (opened.kind === 'palette' || opened.kind === 'paste-text' ? refuse() : actions.open(opened)),
    insert: refuse,
    move: refuse,
    duplicate: refuse,
    switchOff: refuse,
    remove: refuse,
    removeAll: refuse,
    mend: refuse,
    setOption: refuse,
    moveBlock: refuse,
    duplicateBlock: refuse,
    removeBlock: refuse,
    paste: refuse,
    pasteLayers: refuse,
    replaceLayers: refuse,
  };
}
