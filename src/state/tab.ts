import { createStore, type StoreApi } from 'zustand/vanilla';

/** What a tab does while others may have the app open as well. */
export interface TabState {
  /**
   * One tab works: it trains and keeps everything. The others read along, or are about to take the work over. A tab takes itself
   * for the one that works until it learns of another.
   */
  readonly role: 'works' | 'reads' | 'takesOver';
  /** What is known of the tab that works: it answers, it does not, or it runs another version of the app. Null where this one works. */
  readonly other: 'answers' | 'silent' | 'otherVersion' | null;
  /** Whether this tab took the work from one that did not answer any more. */
  readonly tookFromSilent: boolean;
}

/** What this tab is among those that have the app open. */
export interface TabControl {
  readonly store: StoreApi<TabState>;
  /** Whether another tab works, or may still do so: this one changes nothing. */
  isReading(): boolean;
  /** Asks for the work of the other tab. */
  workHere(): void;
  /** Hears when this tab is to work. */
  onWorkHere(listener: () => void): void;
  /** The student has read from whom the work was taken. */
  acknowledge(): void;
}

/** A tab that knows of no other. */
export function createTabControl(): TabControl {
  const store = createStore<TabState>(() => ({ role: 'works', other: null, tookFromSilent: false }));
  const listeners: (() => void)[] = [];
  return {
    store,
    isReading: () => store.getState().role !== 'works',
    workHere() {
      for (const listener of listeners) listener();
    },
    onWorkHere: (listener) => void listeners.push(listener),
    acknowledge: () => store.setState({ tookFromSilent: false }),
  };
}

/** The same action, which does nothing while `isLocked`. */
export function unless<Args extends readonly unknown[]>(isLocked: () => boolean, act: (...args: Args) => void) {
  return (...args: Args): void => {
    if (!isLocked()) act(...args);
  };
}
