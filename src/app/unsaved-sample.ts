import type { RowStore } from '../features/drawing/typed-row.ts';
import { readChoice, writeChoice } from '../ui/base/choice-storage.ts';
import type { Pad } from '../ui/pad/pad.ts';
import { runLengths } from './run-lengths.ts';

/** Before the id of the data set that a drawing or a row is for. */
const UNSAVED = 'unsaved drawing ';

/**
 * Puts each change of the drawing, or of the row of a table, at once into the local storage, until the function that comes back is
 * called: what keeps it is loaded after the first paint, and the page may be left before that.
 */
export function holdSample(pad: Pad | undefined, row: RowStore, id: string): () => void {
  const hold = (text: string | null) => writeChoice(UNSAVED + id, text);
  if (pad !== undefined) return pad.subscribe(() => hold(pad.status().empty ? null : runLengths(pad.pixels)));
  return row.subscribe((typed) => hold(typed?.dataset === id ? JSON.stringify(typed) : null));
}

/** The drawing or the row for a data set with which the page was left before it was kept; null where there is none. */
export function unsavedSample(id: string): string | null {
  return readChoice(UNSAVED + id);
}

/** What was held is kept, or another tab keeps everything. */
export function forgetUnsavedSample(id: string): void {
  writeChoice(UNSAVED + id, null);
}
