import { PRESETS } from '../core/network/presets/catalogue.ts';
import { DEFAULT_RECIPE } from '../core/training/recipe.ts';
import { type Draft, draftOf } from '../state/draft.ts';
import type { DraftStore } from '../state/draft-store.ts';
import { draftText, parseDraft } from '../state/saved-draft.ts';

/** Where the draft is kept. */
const KEY = 'draft';

/** Milliseconds without a change after which the draft is written. */
const REST = 300;

/** The draft of the last visit; on the first one, the first preset. */
export function openDraft(): Draft {
  const kept = read();
  return (kept === null ? null : parseDraft(kept)) ?? draftOf(PRESETS[0], DEFAULT_RECIPE.seed);
}

/** Keeps the draft from now on, a moment after each change and when the page is left. */
export function keepDraft({ store }: DraftStore): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    save(draftText(store.getState()));
  };
  store.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(write, REST);
  });
  addEventListener('pagehide', write);
}

/** Where storage is blocked, every visit starts without a draft. */
function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function save(text: string): void {
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // If storage is full or blocked, only the next visit is affected: it starts without this draft.
  }
}
