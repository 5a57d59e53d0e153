import { LONGEST_PATH, type OpenedTable } from '../../../core/dataset/opened-files.ts';
import type { TableChoices } from '../../../core/dataset/table-reading.ts';
import type { Made } from '../made.ts';
import { ownSource } from '../own-description.ts';
import { encodeRows, prepareTable } from './prepare.ts';
import { notesOf } from './preview.ts';
import type { ReadTable } from './read-table.ts';

/** A data set of a table that was read of a file with this name. Throws a RefusedFiles where none can be made. */
export function makeTable(name: string, read: ReadTable, choices: TableChoices): Made {
  const prepared = prepareTable(read.table, choices);
  const { samples, classes } = prepared;
  const description = {
    title: choices.title,
    samples,
    classes,
    words: { sample: { one: 'row', many: 'rows' }, subject: { one: 'row', many: 'rows' } },
    ...ownSource(name),
    library: null,
    capabilities: [],
    ...openedTable(name, read, choices),
  };
  const encoded = (split: 'train' | 'test') => encodeRows(read.table, choices, prepared, split);
  return {
    data: { description, samples: { train: encoded('train'), test: encoded('test') } },
    leftOut: [...read.leftOut, ...prepared.leftOut],
    notes: notesOf(read.table, choices, prepared),
  };
}

/** The file for a program that reads it. */
function openedTable(
  name: string,
  { form }: ReadTable,
  { features, answer, testShare, seed }: TableChoices,
): { readonly opened?: OpenedTable } {
  if (name === '' || name.length > LONGEST_PATH) return {};
  const columns = features.map(({ column }) => column);
  return { opened: { kind: 'table', name, form, columns, answer: answer.column, testShare, seed } };
}
