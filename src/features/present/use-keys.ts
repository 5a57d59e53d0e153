import { useEffect, useEffectEvent } from 'react';
import { keyName } from '../../ui/base/key-name.ts';

/** Keys of the keyboard and of a clicker, which sends PageUp and PageDown, and how many epochs each goes on. */
const EPOCHS: Readonly<Record<string, number>> = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 };

/**
 * Listens to keys wherever the focus is: before what has the focus does, so that a slider or a list does not take them.
 * `onEpochs` gets the keys that move through the epochs. Space stays with a button or a list that has the focus, and
 * letters stay with a list, which finds its options by them.
 */
export function useKeys(onEpochs: (by: number) => void, keys: ReadonlyMap<string, () => void>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const name = keyName(event);
    const by = EPOCHS[name];
    const press = by === undefined ? keys.get(name) : () => onEpochs(by);
    if (press === undefined || (by === undefined && isTaken(name, event.target))) return;
    event.preventDefault();
    event.stopPropagation();
    press();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listen, { capture: true });
    return () => removeEventListener('keydown', listen, { capture: true });
  }, []);
}

/** Whether a key has a meaning of its own where the focus is. */
function isTaken(name: string, focus: EventTarget | null): boolean {
  if (!(focus instanceof Element) || name === 'Escape') return false;
  return focus.closest(name === 'Space' ? 'button, select' : 'select') !== null;
}
