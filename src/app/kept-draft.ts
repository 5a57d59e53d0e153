import type { DatasetSpec } from '../core/dataset/spec.ts';
import { presetsFor, SHIPPED_DATASETS } from '../datasets/catalogue.ts';
import { type Draft, draftOf } from '../state/draft.ts';
import type { DraftStore } from '../state/draft-store.ts';
import { draftText, parseDraft } from '../state/saved-draft.ts';

/** Where the draft for a data set is kept. */
function keyOf({ id }: DatasetSpec): string {
  return `draft ${id}`;
}

/** Where it was kept when there was one data set. */
const FORMER_KEY = 'draft';

/** Milliseconds without a change after which the draft is written. */
const REST = 300;

/** The draft of the last visit for a data set; on the first one, its first preset. */
export function openDraft(dataset: DatasetSpec): Draft {
  const isFirst = dataset === SHIPPED_DATASETS[0].spec;
  const kept = read(keyOf(dataset)) ?? (isFirst ? read(FORMER_KEY) : null);
  const [first] = presetsFor(dataset);
  return (kept === null ? null : parseDraft(kept, dataset)) ?? draftOf(first, first.recipe.seed);
}

/** Keeps the draft from now on, a moment after each change and when the page is left. */
export function keepDraft({ store }: DraftStore): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    save(store.getState());
  };
  store.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(write, REST);
  });
  addEventListener('pagehide', write);
}

/** Where storage is blocked, every visit starts without a draft. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function save(draft: Draft): void {
  try {
    localStorage.setItem(keyOf(draft.dataset), draftText(draft));
  } catch {
    // If storage is full or blocked, only the next visit is affected: it starts without this draft.
  }
}
