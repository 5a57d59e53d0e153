import type { ReadingChoices, Survey } from '../../protocol/reading/reading.ts';

/** Props of the steps of one kind of files. */
export interface StepsProps<S extends Survey = Survey> {
  readonly survey: S;
  /** Why the last attempt failed; null where there was none. */
  readonly refusal: string | null;
  readonly onMake: (choices: ReadingChoices) => void;
  readonly onCancel: () => void;
}
