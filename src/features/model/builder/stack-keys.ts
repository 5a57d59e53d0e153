import type { PanelActions } from '../editing/panel-actions.ts';

/** The card with the focus, its place among the layers (−1 for the Input), and all ids from the Input on. */
export interface KeyPlace {
  readonly id: string;
  readonly index: number;
  readonly ids: readonly string[];
  /** Whether its card is open. */
  readonly open: boolean;
  /** Opens the list of layers to insert behind it. */
  add(): void;
}

type StackKey = (actions: PanelActions, place: KeyPlace) => void;

const focusAt: (step: (at: number, count: number) => number) => StackKey =
  (step) =>
  ({ focus }, { id, ids }) => {
    const next = ids[step(ids.indexOf(id), ids.length)];
    if (next !== undefined) focus(next);
  };

/** What keys do while a bracket has the focus; its id is that of its last layer. Other keys do what they do on its card. */
export const BRACKET_KEYS: Readonly<Record<string, StackKey>> = {
  'Alt+ArrowUp': ({ moveBlock }, { id }) => moveBlock(id, 'up'),
  'Alt+ArrowDown': ({ moveBlock }, { id }) => moveBlock(id, 'down'),
  D: ({ duplicateBlock }, { id }) => duplicateBlock(id),
  Delete: ({ removeBlock }, { id }) => removeBlock(id),
  Backspace: ({ removeBlock }, { id }) => removeBlock(id),
  Escape: ({ focus }, { id }) => focus(id),
};

/** What keys do while a card has the focus. */
export const STACK_KEYS: Readonly<Record<string, StackKey>> = {
  ArrowUp: focusAt((at) => at - 1),
  ArrowDown: focusAt((at) => at + 1),
  Home: focusAt(() => 0),
  End: focusAt((_at, count) => count - 1),
  'Alt+ArrowUp': ({ move }, { id, index }) => move(id, index - 1),
  'Alt+ArrowDown': ({ move }, { id, index }) => move(id, index + 1),
  A: (_actions, { add }) => add(),
  D: ({ duplicate }, { id }) => duplicate(id),
  X: ({ switchOff }, { id }) => switchOff(id),
  Delete: ({ remove }, { id }) => remove(id),
  Backspace: ({ remove }, { id }) => remove(id),
  Escape: ({ toggle, focus }, { id, open }) => {
    if (open) toggle(id);
    focus(id);
  },
};
