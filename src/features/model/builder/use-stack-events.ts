import {
  type ClipboardEvent,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useContext,
  useState,
} from 'react';
import { INPUT_ID } from '../../../core/network/network.ts';
import { isSingleKey, keyName } from '../../../ui/base/key-name.ts';
import { SingleKeysContext } from '../../single-keys.ts';
import type { Panel } from '../editing/panel.ts';
import { usePanelActions } from '../editing/panel-actions.ts';
import { BRACKET_KEYS, STACK_KEYS } from './stack-keys.ts';
import { blockOf, focusBracketOf, idOf, isTyping, moveInRow } from './stack-targets.ts';
import { focusRowOf } from './use-stack-focus.ts';
import type { WaitingSorter } from './waiting-sorter.ts';

/** What the events of a stack are about. `ids` are those of all cards, the Input first. */
export interface StackContext {
  readonly panel: Panel;
  readonly stack: RefObject<HTMLElement | null>;
  readonly sorter: WaitingSorter;
  readonly ids: readonly string[];
}

/** What keys, the clipboard and the focus do in a stack, and the block whose bracket has the focus, by its last layer. */
export function useStackEvents({ panel, stack, sorter, ids }: StackContext) {
  const actions = usePanelActions();
  const singleKeys = useContext(SingleKeysContext);
  const [heldId, setHeldId] = useState<string | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const name = keyName(event);
    const id = idOf(event.target);
    // An open menu has the focus, or takes it when it has loaded: keys are not for the cards then.
    if (id === null || panel.opened !== null) return;
    if (isTyping(event.target)) {
      if (name === 'Escape') focusRowOf(event.target);
      return;
    }
    const add = () => openPalette(stack.current, ids.indexOf(id), actions.open);
    const place = { id, index: ids.indexOf(id) - 1, ids, open: panel.openId === id, add };
    const keys = blockOf(event.target) === null ? STACK_KEYS : { ...STACK_KEYS, ...BRACKET_KEYS };
    const act = singleKeys || !isSingleKey(name) ? keys[name] : undefined;
    if (sorter.key(name, event.target) || moveInRow(event.target, name)) event.preventDefault();
    else if (act) {
      event.preventDefault();
      act(actions, place);
    }
  };
  const onFocus = ({ target }: FocusEvent) => {
    const id = idOf(target);
    setHeldId(blockOf(target));
    if (id !== null) actions.activate(id);
  };
  const onBlur = () => {
    setHeldId(null);
    sorter.cancelKeys();
  };
  const onClick = ({ target }: MouseEvent) => focusBracketOf(target, stack.current);
  return { heldId, events: { onKeyDown, onFocus, onBlur, onClick, ...clipboardEvents(actions) } };
}

function clipboardEvents({ copyText, paste }: ReturnType<typeof usePanelActions>) {
  return {
    onCopy(event: ClipboardEvent<HTMLElement>) {
      const id = idOf(event.target);
      // Selected words are copied as they are.
      if (id === null || isTyping(event.target) || getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', copyText(id === INPUT_ID ? null : id));
    },
    onPaste(event: ClipboardEvent<HTMLElement>) {
      const id = idOf(event.target);
      if (id === null || isTyping(event.target)) return;
      event.preventDefault();
      paste(event.clipboardData.getData('text/plain'), id);
    },
  };
}

/** Opens the palette beside the wire behind a card, or beside the last one where the output has none. */
function openPalette(stack: HTMLElement | null, index: number, open: ReturnType<typeof usePanelActions>['open']): void {
  const wires = stack?.querySelectorAll('.wire') ?? [];
  const anchor = wires[Math.min(index, wires.length - 1)];
  if (anchor) open({ kind: 'palette', index, asked: true, anchor });
}
