import type { FoundFile, MadeDataset, Preview, ReadingChoices, Survey } from '../../protocol/reading/reading.ts';

/** Hears how far a reading is. */
export type OnProgress = (done: number, total: number) => void;

/** One kind of files: what is in them, and how a data set is made of it. Both throw a RefusedFiles. */
export interface Reader<S extends Survey = Survey> {
  readonly kind: S['kind'];
  /** Whether files are of this kind, by their names and first bytes. */
  fits(files: readonly FoundFile<File>[]): Promise<boolean>;
  survey(files: readonly FoundFile<File>[], onProgress: OnProgress): Promise<S>;
  /** What choices would make of the files, where that can be told before it is made. */
  preview?(files: readonly FoundFile<File>[], choices: ReadingChoices & { readonly kind: S['kind'] }): Promise<Preview>;
  make(
    files: readonly FoundFile<File>[],
    choices: ReadingChoices & { readonly kind: S['kind'] },
    onProgress: OnProgress,
  ): Promise<MadeDataset>;
}
