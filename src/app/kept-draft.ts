import type { DatasetSpec } from '../core/dataset/spec.ts';
import { FIRST_DATASET, presetsFor } from '../datasets/catalogue.ts';
import { type Draft, draftOf } from '../state/draft.ts';
import { parseDraft } from '../state/saved-draft.ts';
import { readChoice } from '../ui/base/choice-storage.ts';
import type { FoundTexts } from './archive/found-texts.ts';
import { unsavedDraft } from './unsaved-draft.ts';

/** The draft of the last visit for a data set; on the first one, its first preset. */
export function openDraft(dataset: DatasetSpec, found: FoundTexts): Draft {
  const [first] = presetsFor(dataset);
  const parsed = (text: string | null) => text && parseDraft(text, dataset);
  return parsed(unsavedDraft(dataset)) || parsed(keptDraftText(dataset, found)) || draftOf(first, first.recipe.seed);
}

/** The text of the draft of the last visit for a data set; null where there is none. */
export function keptDraftText(dataset: DatasetSpec, found: FoundTexts): string | null {
  return found.read('draft', dataset.id) ?? formerText(dataset);
}

/** That of the first versions, until it is moved to the database. The very first had one data set. */
function formerText(dataset: DatasetSpec): string | null {
  const isFirst = dataset === FIRST_DATASET.spec;
  return readChoice(`draft ${dataset.id}`) ?? (isFirst ? readChoice('draft') : null);
}
