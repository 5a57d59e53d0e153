import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { DraftStore } from '../state/draft-store.ts';
import { draftText } from '../state/saved-draft.ts';
import { readChoice, writeChoice } from '../ui/base/choice-storage.ts';

/** Before the id of the data set that a draft is for. */
export const UNSAVED = 'unsaved draft ';

/**
 * Puts each change of the draft at once where the page looks as it opens, until the function that comes back is called: what
 * keeps drafts is loaded after the first paint, and the page may be left before that.
 */
export function holdDraft({ store }: Pick<DraftStore, 'store'>): () => void {
  return store.subscribe((draft) => writeChoice(UNSAVED + draft.dataset.id, draftText(draft)));
}

/** The draft for a data set with which the page was left before it was kept; null where there is none. */
export function unsavedDraft({ id }: DatasetSpec): string | null {
  return readChoice(UNSAVED + id);
}
