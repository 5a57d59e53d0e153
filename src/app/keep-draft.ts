import type { DraftStore } from '../state/draft-store.ts';
import { draftText, parseDraft } from '../state/saved-draft.ts';
import { readChoice, writeChoice } from '../ui/base/choice-storage.ts';
import type { FoundTexts } from './archive/found-texts.ts';
import type { KeptTexts } from './archive/kept-texts.ts';
import { textFromFirst } from './archive/migrations.ts';
import { keptDraftText } from './kept-draft.ts';
import { UNSAVED } from './unsaved-draft.ts';

/** Keeps the draft from now on, with each change, and what changed since the page began or was not kept before it was left. */
export function keepDraft({ store, history, replace }: DraftStore, found: FoundTexts, texts: KeptTexts): void {
  const write = () => {
    const draft = store.getState();
    texts.write('draft', draft.dataset.id, () => draftText(draft));
  };
  const draft = store.getState();
  const text = keptDraftText(draft.dataset, found);
  const kept = text === null ? null : parseDraft(text, draft.dataset);
  if (text !== null && kept === null) texts.leaveOut('draft');
  const unsaved = unsavedDrafts();
  for (const [id, each] of unsaved) texts.write('draft', id, () => each);
  const isEdited = history.getState().pastStates.length > 0 || unsaved.has(draft.dataset.id);
  // Where the database answered late, the page has begun without the draft of the last visit.
  if (kept !== null && !isEdited && draftText(kept) !== draftText(draft)) replace(kept);
  else if (isEdited) write();
  store.subscribe(write);
}

/** Once all drafts are kept, those that were held until then are not needed any more. `letGo`: no more is held. */
export function forgetUnsaved(letGo: () => void): void {
  letGo();
  for (const key of unsavedKeys()) writeChoice(key, null);
}

/** The drafts with which the page was left before they were kept, by the data sets that they are for. */
function unsavedDrafts(): ReadonlyMap<string, string> {
  const pairs = unsavedKeys().map((key) => [key.slice(UNSAVED.length), readChoice(key) ?? ''] as const);
  return new Map(pairs.filter(([, text]) => textFromFirst('draft', text) !== null));
}

function unsavedKeys(): readonly string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(UNSAVED));
  } catch {
    return [];
  }
}
