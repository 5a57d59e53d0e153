import type { FoundFile, MadeDataset, ReadingChoices, Survey } from '../../protocol/reading/reading.ts';

/** Hears how far a reading is. */
export type OnProgress = (done: number, total: number) => void;

/** One kind of files: what is in them, and how a data set is made of it. Both throw a RefusedFiles. */
export interface Reader<S extends Survey = Survey> {
  readonly kind: S['kind'];
  /** Whether files are of this kind, by their names and first bytes. */
  fits(files: readonly FoundFile<File>[]): Promise<boolean>;
  survey(files: readonly FoundFile<File>[], onProgress: OnProgress): Promise<S>;
  make(
    files: readonly FoundFile<File>[],
    choices: ReadingChoices & { readonly kind: S['kind'] },
    onProgress: OnProgress,
  ): Promise<MadeDataset>;
}
