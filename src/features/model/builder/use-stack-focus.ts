import { type RefObject, useEffect, useRef } from 'react';
import type { Panel } from '../editing/panel.ts';

/** Gives the focus to the card that the panel asks for, once it is there. */
export function useRequestedFocus(stack: RefObject<HTMLElement | null>, request: Panel['focus']): void {
  useEffect(() => {
    const card = request && cardOf(stack.current, request.id);
    // What has the focus inside the card keeps it: a field, or the dots.
    if (card?.contains(document.activeElement)) card.scrollIntoView({ block: 'nearest' });
    else if (card) focusRow(card);
  }, [stack, request]);
}

/** When Undo takes the card with the focus away, the one in its place gets the focus. `ids` are those of all cards. */
export function useKeptFocus(stack: RefObject<HTMLElement | null>, ids: readonly string[], activeId: string): void {
  const past = useRef(ids);
  const within = useFocusWithin(stack);
  useEffect(() => {
    const lost = within.current && document.activeElement === document.body && !ids.includes(activeId);
    const standIn = ids[Math.min(past.current.indexOf(activeId), ids.length - 1)];
    const card = lost && standIn !== undefined ? cardOf(stack.current, standIn) : null;
    if (card) focusRow(card);
    past.current = ids;
  });
}

/** Whether the focus was last seen inside; it still counts when what had it is gone. */
function useFocusWithin(host: RefObject<HTMLElement | null>): RefObject<boolean> {
  const within = useRef(false);
  useEffect(() => {
    const element = host.current;
    const onFocusIn = () => {
      within.current = true;
    };
    const onFocusOut = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node && !element?.contains(relatedTarget)) within.current = false;
    };
    element?.addEventListener('focusin', onFocusIn);
    element?.addEventListener('focusout', onFocusOut);
    return () => {
      element?.removeEventListener('focusin', onFocusIn);
      element?.removeEventListener('focusout', onFocusOut);
    };
  }, [host]);
  return within;
}

/** Gives the focus to the row of the card around an element. */
export function focusRowOf(target: EventTarget): void {
  const card = target instanceof Element ? target.closest<HTMLElement>('[data-layer]') : null;
  if (card) focusRow(card);
}

function cardOf(stack: HTMLElement | null, id: string): HTMLElement | null {
  const cards = [...(stack?.querySelectorAll<HTMLElement>('[data-layer]') ?? [])];
  return cards.find((card) => card.dataset['layer'] === id) ?? null;
}

function focusRow(card: HTMLElement): void {
  card.querySelector<HTMLElement>('.layer-open')?.focus();
}
