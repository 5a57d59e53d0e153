import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Database } from '../../../src/app/archive/database.ts';
import { FoundTexts } from '../../../src/app/archive/found-texts.ts';
import { KeptTexts } from '../../../src/app/archive/kept-texts.ts';
import { forgetUnsaved, keepDraft } from '../../../src/app/keep-draft.ts';
import { openDraft } from '../../../src/app/kept-draft.ts';
import { holdDraft } from '../../../src/app/unsaved-draft.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { createDraftStore } from '../../../src/state/draft-store.ts';
import { draftText } from '../../../src/state/saved-draft.ts';
import { createStorageControl } from '../../../src/state/storage.ts';
import { emptyBrowser, localStorageOf, storedRecords } from './archive/support.ts';

const NOTHING = new FoundTexts();

beforeEach(() => {
  emptyBrowser();
});

afterEach(() => vi.unstubAllGlobals());

/** A draft that was changed before anything kept it. */
function edited() {
  const draft = createDraftStore(openDraft(FASHION_MNIST, NOTHING));
  const letGo = holdDraft(draft);
  draft.setRecipe({ seed: 7 }, 'change seed');
  return { draft, letGo };
}

test('what was changed before it was kept is there on the next visit, is kept, and is held no longer', async () => {
  const local = localStorageOf({});
  const { draft } = edited();
  const next = createDraftStore(openDraft(FASHION_MNIST, NOTHING));
  expect(next.store.getState().recipe.seed).toBe(7);

  const texts = new KeptTexts(new Database(), NOTHING, createStorageControl());
  keepDraft(next, NOTHING, texts);
  const letGo = holdDraft(next);
  expect(await texts.written()).toBe(true);
  const text = draftText(draft.store.getState());
  expect(await storedRecords('draft')).toMatchObject({ 'fashion-mnist': { text } });
  forgetUnsaved(letGo);
  next.setRecipe({ seed: 8 }, 'change seed');
  expect([...local.keys()]).toEqual([]);
});

test('one for another data set is kept as well, and garbage is not', async () => {
  const text = draftText(openDraft(FASHION_MNIST, NOTHING));
  localStorageOf({ 'unsaved draft points': text, 'unsaved draft patches': '{"network' });
  const draft = createDraftStore(openDraft(FASHION_MNIST, NOTHING));
  const texts = new KeptTexts(new Database(), NOTHING, createStorageControl());
  keepDraft(draft, NOTHING, texts);
  await texts.written();
  expect(Object.keys(await storedRecords('draft'))).toEqual(['points']);
});

test('what cannot be read is no draft: the page begins with the one that is kept', () => {
  localStorageOf({ 'unsaved draft fashion-mnist': '{"network' });
  const found = new FoundTexts();
  const kept = openDraft(FASHION_MNIST, NOTHING);
  found.texts.set('draft fashion-mnist', draftText({ ...kept, recipe: { ...kept.recipe, seed: 9 } }));
  expect(openDraft(FASHION_MNIST, found).recipe.seed).toBe(9);
});
