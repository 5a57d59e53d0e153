import { type Judge, Lift } from './lift.ts';

/** How far a pointer moves before a press becomes a drag, in CSS pixels. */
const SLACK = 4;

/** How close to the edge of the stack a drag makes it scroll, and how fast: CSS pixels, and pixels a frame. */
const EDGE = 36;
const SPEED = 9;

/** The card that is being moved, and why it cannot be dropped where it is now. */
export interface Lifted {
  readonly id: string;
  readonly problem: string | null;
}

/** What a {@link Sorter} needs. */
export interface SorterOptions {
  /** The element that scrolls. Its cards are in elements with `data-row`, the id of their layer. */
  stack(): HTMLElement | null;
  titleOf(id: string): string;
  judge(id: string, to: number): string | null;
  show(lifted: Lifted | null): void;
  drop(id: string, to: number): void;
  say(text: string): void;
}

/** The parts of a pointer event that sorting needs. */
export interface Pointer {
  readonly target: EventTarget;
  readonly pointerId: number;
  readonly button: number;
  readonly clientY: number;
}

/** A card that is being moved: its state, and where the pointer took it; no place if keys move it. */
interface Move {
  readonly id: string;
  readonly lift: Lift;
  readonly startY: number | null;
}

/** Sorts the cards of a stack by dragging their dots, or by Space and the arrow keys on them. */
export class Sorter {
  readonly #options: SorterOptions;
  #press: { readonly id: string; readonly y: number } | null = null;
  #move: Move | null = null;
  #shown: Lifted | null = null;
  #pointerY = 0;

  constructor(options: SorterOptions) {
    this.#options = options;
  }

  pointerDown({ target, pointerId, button, clientY }: Pointer): void {
    const handle = target instanceof Element ? target.closest('.handle') : null;
    const id = idAt(handle);
    if (handle === null || id === null || button !== 0) return;
    this.cancel();
    handle.setPointerCapture?.(pointerId);
    this.#press = { id, y: clientY };
  }

  pointerMove({ clientY }: Pointer): void {
    this.#pointerY = clientY;
    const press = this.#press;
    if (press === null || this.#move !== null || Math.abs(clientY - press.y) < SLACK) return;
    this.#lift(press.id, press.y + this.#scrolled());
    requestAnimationFrame(this.#follow);
  }

  pointerUp(): void {
    this.#press = null;
    const { lift } = this.#move ?? {};
    if (lift === undefined) return;
    if (lift.problem !== null) this.#options.say(lift.problem);
    this.#end(lift.problem === null);
  }

  /** Puts the card back. */
  cancel(): void {
    this.#press = null;
    if (this.#move !== null) this.#end(false);
  }

  /** Puts the card back if keys lifted it; one that a pointer holds stays. */
  cancelKeys(): void {
    if (this.#move?.startY === null) this.cancel();
  }

  /** Handles a key; returns false for keys that it does not use. `target` has the focus. */
  key(key: string, target: EventTarget): boolean {
    if (this.#move !== null) return this.#keyWhileLifted(key, this.#move);
    const handle = target instanceof Element ? target.closest('.handle') : null;
    const id = idAt(handle);
    if (key !== 'Space' || id === null) return false;
    this.#lift(id, null);
    this.#say('lifted', '. Arrow keys move it, Space drops it, Escape puts it back');
    return true;
  }

  #keyWhileLifted(key: string, { lift }: Move): boolean {
    if (key === 'Escape') {
      const { from } = lift;
      this.#say('put back', '', from);
      this.cancel();
    } else if (key === 'Space' || key === 'Enter') {
      if (lift.problem === null) this.#end(true);
      else this.#options.say(`${lift.problem}. Choose another place, or press Escape`);
    } else if (key === 'ArrowUp' || key === 'ArrowDown') {
      lift.step(key === 'ArrowUp' ? -1 : 1);
      this.#show();
      this.#say('', lift.problem === null ? '' : `. ${lift.problem}`);
    } else return key === 'Tab';
    return true;
  }

  #lift(id: string, startY: number | null): void {
    const rows = [...(this.#options.stack()?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const from = rows.findIndex((row) => row.dataset['row'] === id);
    if (from < 0) return;
    const known = new Map<number, string | null>();
    const judge: Judge = (to) => {
      const answer = known.get(to) ?? this.#options.judge(id, to);
      known.set(to, answer);
      return answer;
    };
    this.#move = { id, startY, lift: new Lift(rows, from, judge) };
    this.#show();
  }

  /** Once a frame: scrolls near the edges, and keeps the card under the pointer. */
  readonly #follow = (): void => {
    const { lift, startY } = this.#move ?? {};
    if (lift === undefined || startY === undefined || startY === null) return;
    const stack = this.#options.stack();
    if (stack) stack.scrollTop += speedAt(this.#pointerY, stack.getBoundingClientRect());
    lift.follow(this.#pointerY + this.#scrolled() - startY);
    this.#show();
    requestAnimationFrame(this.#follow);
  };

  #end(drops: boolean): void {
    const move = this.#move;
    this.#move = null;
    move?.lift.end();
    this.#show();
    if (move && drops && move.lift.to !== move.lift.from) this.#options.drop(move.id, move.lift.to);
  }

  #show(): void {
    const lifted = this.#move && { id: this.#move.id, problem: this.#move.lift.problem };
    if (lifted?.id === this.#shown?.id && lifted?.problem === this.#shown?.problem) return;
    this.#shown = lifted;
    this.#options.show(lifted);
  }

  #say(what: string, more: string, at?: number): void {
    if (this.#move === null) return;
    const { id, lift } = this.#move;
    const subject = `${this.#options.titleOf(id)} ${what}`.trim();
    this.#options.say(`${subject}, position ${(at ?? lift.to) + 1} of ${lift.count}${more}`);
  }

  #scrolled(): number {
    return this.#options.stack()?.scrollTop ?? 0;
  }
}

function idAt(handle: Element | null): string | null {
  return handle?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? null;
}

function speedAt(y: number, { top, bottom }: DOMRect): number {
  if (y < top + EDGE) return -SPEED;
  return y > bottom - EDGE ? SPEED : 0;
}
