import { useEffect, useEffectEvent } from 'react';
import { isSingleKey, keyName } from '../ui/base/key-name.ts';

/** What a key does; keys are named as in `KeyboardEvent.key`, with `Ctrl+` and `Shift+` before them. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/**
 * Listens to the keys of the whole page. They are off inside text fields, and where the key activates the focused
 * control; without `singleKeys` so are those that are a single letter, digit or sign.
 */
export function useShortcuts(shortcuts: Shortcuts, singleKeys: boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const name = keyName(event);
    const press = shortcuts[name];
    if (press === undefined || event.defaultPrevented || (!singleKeys && isSingleKey(name)) || isTaken(event)) return;
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
  if (!(target instanceof Element) || key === 'F6') return false;
  if (target.closest('input, select, textarea, [contenteditable], [role=slider], dialog, [popover]')) return true;
  return (key === ' ' || key === 'Enter') && target.closest('button, a, [role=tab], summary') !== null;
}
