import type { DraftStore } from '../state/draft-store.ts';
import type { StorageControl } from '../state/storage.ts';
import type { Database } from './archive/database.ts';
import type { FoundTexts } from './archive/found-texts.ts';
import { KeptTexts } from './archive/kept-texts.ts';
import type { Owner } from './archive/owner.ts';
import { keepDraft } from './keep-draft.ts';

/** What keeping texts stands on. */
export interface KeepTextsOptions {
  readonly database: Database;
  readonly found: FoundTexts;
  readonly storage: StorageControl;
  readonly draft: DraftStore;
  readonly owner: Owner;
}

/** Keeps drafts, drawings and settings from now on; the drawings of earlier visits are read before it resolves. */
export async function keepTexts({ database, found, storage, draft, owner }: KeepTextsOptions): Promise<KeptTexts> {
  const texts = new KeptTexts(database, found, storage, owner);
  texts.hold();
  keepDraft(draft, found, texts);
  addEventListener('pagehide', () => texts.flush());
  await found.find(database, 'drawing');
  texts.tell();
  return texts;
}
