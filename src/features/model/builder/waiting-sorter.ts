import { withTool } from '../../../ui/card/tool.ts';
import type { Pointer, Sorter, SorterOptions } from './sorter.ts';

/** Whether an element is in the dots by which a card is moved. */
function isHandle(target: EventTarget): boolean {
  return target instanceof Element && target.closest('.handle') !== null;
}

/** A {@link Sorter} that is loaded once the stack is drawn. What is pressed on the dots before it is here waits for it. */
export class WaitingSorter {
  readonly #options: SorterOptions;
  #sorter: Sorter | null = null;
  /** The pointer that is down, and the keys that were pressed, while it is not here. */
  #pressed: Pointer | null = null;
  #keys: (readonly [key: string, target: EventTarget])[] = [];

  constructor(options: SorterOptions) {
    this.#options = options;
  }

  /** Loads it before it is needed; where that fails, it is tried again when it is. */
  readonly load = (): void => {
    this.#fetch().catch(() => undefined);
  };

  pointerDown({ target, pointerId, button, clientY }: Pointer): void {
    if (this.#sorter !== null) this.#sorter.pointerDown({ target, pointerId, button, clientY });
    else if (isHandle(target)) {
      this.#pressed = { target, pointerId, button, clientY };
      this.#wait();
    }
  }

  pointerMove(event: Pointer): void {
    this.#sorter?.pointerMove(event);
  }

  pointerUp(): void {
    this.#pressed = null;
    this.#sorter?.pointerUp();
  }

  /** Puts the card back. */
  cancel(): void {
    this.#forget();
    this.#sorter?.cancel();
  }

  /** Puts the card back if keys lifted it; one that a pointer holds stays. */
  cancelKeys(): void {
    this.#keys = [];
    this.#sorter?.cancelKeys();
  }

  /** Handles a key; returns false for keys that it does not use. `target` has the focus. */
  key(key: string, target: EventTarget): boolean {
    if (this.#sorter !== null) return this.#sorter.key(key, target);
    if (this.#keys.length === 0 && !(key === 'Space' && isHandle(target))) return false;
    this.#keys.push([key, target]);
    if (this.#keys.length === 1) this.#wait();
    return true;
  }

  #wait(): void {
    void withTool(this.#fetch, (sorter) => {
      if (this.#pressed !== null) sorter.pointerDown(this.#pressed);
      for (const [key, target] of this.#keys) sorter.key(key, target);
      this.#forget();
    });
  }

  readonly #fetch = async (): Promise<Sorter> => {
    const loaded = await import('./sorter.ts');
    this.#sorter ??= new loaded.Sorter(this.#options);
    return this.#sorter;
  };

  #forget(): void {
    this.#pressed = null;
    this.#keys = [];
  }
}
