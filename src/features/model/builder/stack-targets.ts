import { nextItem } from '../../../ui/base/roving.ts';

/** Which part of the stack an event is about, found from its elements. */

/** The layer whose card, or whose block's bracket, an element belongs to; null for anything else. */
export function idOf(target: EventTarget): string | null {
  const host = target instanceof Element ? target.closest<HTMLElement>('[data-layer], .skip-handle') : null;
  return host?.dataset['layer'] ?? host?.dataset['block'] ?? null;
}

/** The block whose bracket has the focus, by the id of its last layer. */
export function blockOf(target: EventTarget): string | null {
  return target instanceof HTMLElement && target.matches('.skip-handle') ? (target.dataset['block'] ?? null) : null;
}

/** Fields handle their own keys, except Escape, which moves the focus back to the row. */
export function isTyping(target: EventTarget): boolean {
  return target instanceof Element && target.matches('input, select, textarea');
}

/** The left and right keys move through the bracket that ends here, the dots, the row and its tools. */
export function moveInRow(target: EventTarget, key: string): boolean {
  const isStop = target instanceof Element && target.closest('.layer-row, .skip-handle') !== null;
  const row = isStop ? target.closest('[data-row], [data-layer]') : null;
  if (row === null || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return false;
  const whole = row.closest('[data-row]') ?? row;
  const stops = [...whole.querySelectorAll<HTMLElement>('.skip-handle, .layer-row button')];
  const next = nextItem(
    key,
    stops.findIndex((stop) => stop.contains(document.activeElement)),
    stops.length,
  );
  stops[next ?? 0]?.focus();
  return true;
}

/** Gives the focus to the bracket that a press on one of its lines is about. */
export function focusBracketOf(target: EventTarget, stack: HTMLElement | null): void {
  const line = target instanceof Element ? target.closest<HTMLElement>('.skip-hit') : null;
  if (line === null) return;
  const handles = [...(stack?.querySelectorAll<HTMLElement>('.skip-handle') ?? [])];
  handles.find((handle) => handle.dataset['block'] === line.dataset['block'])?.focus();
}
