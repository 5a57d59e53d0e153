import type { FoundOwnData } from '../core/dataset/own-dataset.ts';
import { ownSource } from '../features/dataset-sources.ts';
import type { DataSet } from '../state/data-set.ts';
import type { DataSetControl } from '../state/data-set-control.ts';
import type { Lab } from '../state/lab.ts';
import { countOwnData } from '../state/storage.ts';
import type { FoundTexts } from './archive/found-texts.ts';
import type { KeptTexts } from './archive/kept-texts.ts';
import { problemOf } from './archive/problem-of.ts';
import { OWN_DATA } from './own-data.ts';

/** The name of the setting. */
const NAME = 'data-set';

/** The id of the data set that was open last; null where it is not known. */
export function keptDataId(found: FoundTexts): string | null {
  return found.read('setting', NAME);
}

/** Keeps from now on which data set is open. */
export function keepOpenData({ store, isOpen }: DataSetControl, texts: KeptTexts): void {
  store.subscribe(({ spec }: DataSet, before) => {
    if (spec.id !== before.spec.id && isOpen(spec)) texts.write('setting', NAME, () => spec.id);
  });
}

/** Finds the data sets of the user's own, so that their runs can go on. Where they cannot be read, none is known, and it is said. */
export async function knowOwnData({ dataSet, storage }: Pick<Lab, 'dataSet' | 'storage'>): Promise<void> {
  const found = await OWN_DATA.list().catch((error: unknown) => {
    storage.report(problemOf(error, 'dataSet'));
    return NONE;
  });
  // How much they take is only shown.
  storage.count({ ownTest: await OWN_DATA.testsBytes().catch(() => 0) });
  countOwnData(storage, found);
  dataSet.know(found.sets.map(({ spec }) => ownSource(spec, OWN_DATA)));
}

const NONE: FoundOwnData = { sets: [], newer: 0, unreadable: 0 };
