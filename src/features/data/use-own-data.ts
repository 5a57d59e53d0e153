import { useCallback, useContext, useEffect, useState } from 'react';
import type { OwnDataset } from '../../core/dataset/own-dataset.ts';
import { countOwnData } from '../../state/storage.ts';
import { useLab } from '../lab.tsx';
import { OwnDataContext } from '../own-data.ts';

/** The data sets of the user's own; null until they have been read. */
export interface OwnDataList {
  readonly list: readonly OwnDataset[] | null;
  /** Why they cannot be read, or one not be deleted. */
  readonly problem: string | null;
  /** Reads them again. */
  readonly refresh: () => void;
  readonly remove: (id: string) => void;
}

/** Reads which data sets of the user's own there are, and deletes them. */
export function useOwnData(): OwnDataList {
  const ownData = useContext(OwnDataContext);
  const { dataSet, storage } = useLab();
  const [list, setList] = useState<readonly OwnDataset[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(() => {
    ownData.list().then(
      (found) => {
        setList(found.sets);
        countOwnData(storage, found);
        setProblem(null);
      },
      (error: unknown) => {
        setList([]);
        setProblem(
          `This browser gives the page no storage, so it cannot keep data sets of your own. Leave private browsing, or allow this site to store data, and reload the page. (${String(error)})`,
        );
      },
    );
  }, [ownData, storage]);
  useEffect(refresh, [refresh]);
  const remove = (id: string) => {
    ownData.remove(id).then(
      () => {
        dataSet.forget(ownData.addressOf(id));
        refresh();
      },
      (error: unknown) =>
        setProblem(`It could not be deleted: ${String(error)}. Try again, or clear this site's data in the browser.`),
    );
  };
  return { list, problem, refresh, remove };
}
