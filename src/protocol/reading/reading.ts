import type { LeftOut } from '../../core/dataset/left-out.ts';
import type { OwnDataset } from '../../core/dataset/own-dataset.ts';
import type { TableChoices, TablePreview, TableSurvey } from '../../core/dataset/table-reading.ts';
import type { IdxChoices, IdxSurvey, ImagesChoices, ImagesSurvey } from './images.ts';

/** A file that was opened or dropped. `Contents` is the browser's `File`. */
export interface FoundFile<Contents> {
  /** Its name, after the names of the folders that it was dropped in: `cats/1.png`. */
  readonly path: string;
  readonly contents: Contents;
}

/** What files hold, before anybody has chosen how to read them. */
export type Survey = ImagesSurvey | IdxSurvey | TableSurvey;

/** How to make a data set of them. `kind` is the survey's. */
export type ReadingChoices = ImagesChoices | IdxChoices | TableChoices;

/** What choices would make of the files. Only tables are made a preview of. */
export type Preview = TablePreview;

/** A data set that was made and kept. */
export interface MadeDataset {
  readonly dataset: OwnDataset;
  readonly leftOut: readonly LeftOut[];
  /** What else there is to know about it, a sentence each. */
  readonly notes: readonly string[];
}

/** A data set, and more samples to train on. */
export interface Extension {
  /** The absolute address of the data set's folder. */
  readonly baseUrl: string;
  /** What the new one is called. */
  readonly title: string;
  /** Classes of the samples: [n]. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** The samples as the data set stores them, one after the other. */
  readonly values: Uint8Array<ArrayBuffer>;
}

/** What the worker that reads files is asked: to look at them, what choices would make of them, and to make a data set of them. */
export type ReadingQuestion<Contents> =
  | { readonly type: 'survey'; readonly files: readonly FoundFile<Contents>[] }
  | { readonly type: 'preview'; readonly choices: ReadingChoices }
  | { readonly type: 'make'; readonly choices: ReadingChoices }
  | { readonly type: 'extend'; readonly extension: Extension };

/** What that worker says. */
export type ReadingEvent =
  | { readonly type: 'progressed'; readonly done: number; readonly total: number }
  | { readonly type: 'surveyed'; readonly survey: Survey }
  | { readonly type: 'previewed'; readonly preview: Preview | null }
  | { readonly type: 'made'; readonly made: MadeDataset }
  /** It cannot be done; the message says what to change. */
  | { readonly type: 'refused'; readonly message: string };
