import type { TableSurvey } from '../../core/dataset/table-reading.ts';
import { keepOwnData } from '../../dataset/own/keep.ts';
import { RefusedFiles } from '../../dataset/reading/refusal.ts';
import { makeTable } from '../../dataset/reading/table/make-table.ts';
import { previewTable } from '../../dataset/reading/table/preview.ts';
import { type ReadTable, readTable } from '../../dataset/reading/table/read-table.ts';
import { suggestionsFor } from '../../dataset/reading/table/suggest.ts';
import { surveyColumns } from '../../dataset/reading/table/survey.ts';
import type { FoundFile } from '../../protocol/reading/reading.ts';
import type { Reader } from './reader.ts';
import { titleOf } from './title.ts';

type Files = readonly FoundFile<File>[];

/** The table that was read last: it is prepared in several ways before one is chosen. */
let last: { readonly files: Files; readonly read: ReadTable } | null = null;

function readOf(files: Files): ReadTable {
  if (last?.files !== files) throw new Error('A table must be looked at before it is read.');
  return last.read;
}

/** A table as CSV. */
export const TABLE: Reader<TableSurvey> = {
  kind: 'table',
  async fits(files) {
    return files.length > 0 && files.every(({ path }) => /\.(csv|tsv|tab|txt)$/i.test(path));
  },
  async survey(files, onProgress) {
    const [first, ...more] = files;
    if (first === undefined || more.length > 0) throw new RefusedFiles('Open one table at a time.');
    last = null;
    const read = await readTable(first.contents, onProgress);
    const columns = surveyColumns(read.table);
    const title = titleOf(files, null);
    const suggestions = suggestionsFor(title, columns);
    last = { files, read };
    const { leftOut, notes, table } = read;
    return { kind: 'table', title, rows: table.rows, columns, leftOut, notes, suggestions };
  },
  preview: async (files, choices) => previewTable(readOf(files).table, choices),
  async make(files, choices, onProgress) {
    const name = files[0]?.path.split('/').at(-1) ?? '';
    const { data, ...rest } = makeTable(name, readOf(files), choices);
    return { dataset: await keepOwnData(data, { onProgress, now: Date.now() }), ...rest };
  },
};
