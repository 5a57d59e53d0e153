import type { DraftStore } from '../state/draft-store.ts';
import { draftText, parseDraft } from '../state/saved-draft.ts';
import type { FoundTexts } from './archive/found-texts.ts';
import type { KeptTexts } from './archive/kept-texts.ts';
import { keptDraftText } from './kept-draft.ts';

/** Keeps the draft from now on, with each change, and what changed since the page began. */
export function keepDraft({ store, history, replace }: DraftStore, found: FoundTexts, texts: KeptTexts): void {
  const write = () => {
    const draft = store.getState();
    texts.write('draft', draft.dataset.id, () => draftText(draft));
  };
  const draft = store.getState();
  const text = keptDraftText(draft.dataset, found);
  const kept = text === null ? null : parseDraft(text, draft.dataset);
  if (text !== null && kept === null) texts.leaveOut('draft');
  const isEdited = history.getState().pastStates.length > 0;
  // Where the database answered late, the page has begun without the draft of the last visit.
  if (kept !== null && !isEdited && draftText(kept) !== draftText(draft)) replace(kept);
  else if (isEdited) write();
  store.subscribe(write);
}
