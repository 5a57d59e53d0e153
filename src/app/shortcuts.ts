import { useEffect, useEffectEvent } from 'react';
import { keyName } from '../ui/key-name.ts';

/** What a key does; true keys are those of `KeyboardEvent.key`, with `Ctrl+` and `Shift+` before them. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** Listens to the keys of the whole page. Single keys are off inside text fields and where they press what has the focus. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const press = shortcuts[keyName(event)];
    if (press === undefined || event.defaultPrevented || isTaken(event)) return;
    event.preventDefault();
    press();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

/** Typing comes first: in fields every key, on buttons and tabs the keys that press them. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, select, textarea, [contenteditable], [role=slider], dialog, [popover]')) return true;
  return (key === ' ' || key === 'Enter') && target.closest('button, a, [role=tab], summary') !== null;
}
