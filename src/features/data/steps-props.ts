import type { Preview, ReadingChoices, Survey } from '../../protocol/reading/reading.ts';

/** Props of the steps of one kind of files. */
export interface StepsProps<S extends Survey = Survey> {
  readonly survey: S;
  /** Why the last attempt failed; null where there was none. */
  readonly refusal: string | null;
  /** What choices would make of the files; null where others were asked about since, or it cannot be told. */
  readonly onPreview: (choices: ReadingChoices) => Promise<Preview | null>;
  readonly onMake: (choices: ReadingChoices) => void;
}
