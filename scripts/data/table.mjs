import { fileURLToPath } from 'node:url';
import { load } from '../setup/load.mjs';
import { Refusal } from './refusal.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * @typedef {object} TableFile A table that comes with the app.
 * @property {string} id Of its folder in src/datasets; its spec.ts exports the description.
 * @property {readonly string[]} names Of its columns; the last one is the answer.
 * @property {readonly (readonly string[])[]} cells [rows][columns].
 * @property {readonly import('../../src/core/dataset/table-reading.ts').FeatureChoice[]} features
 */

/**
 * A data set of a table, prepared by the code that prepares tables that are opened in the app. Its rows are also kept as a CSV
 * file, those to train on first, for the programs that the app writes.
 * @param {TableFile} table
 * @returns {Promise<import('./description.mjs').Source>}
 */
export async function tableSource({ id, names, cells, features }) {
  const [{ tableOf }, { encodeRows, prepareTable }, module] = await Promise.all([
    load(ROOT, 'src/dataset/reading/table/column.ts'),
    load(ROOT, 'src/dataset/reading/table/prepare.ts'),
    load(ROOT, `src/datasets/${id}/spec.ts`),
  ]);
  const { splits: counts, ...description } = module[id.toUpperCase()];
  const choices = {
    kind: 'table',
    title: description.title,
    features,
    answer: { column: names.length - 1, threshold: null },
    testShare: 0.2,
    seed: 42,
  };
  const table = tableOf(names, cells);
  const prepared = prepareTable(table, choices);
  const { samples, classes, rows } = prepared;
  const made = { samples, classes, splits: { train: rows.train.length, test: rows.test.length } };
  if (
    JSON.stringify(made) !==
    JSON.stringify({ samples: description.samples, classes: description.classes, splits: counts })
  ) {
    throw new Refusal(`src/datasets/${id}/spec.ts does not describe these rows. It must have ${JSON.stringify(made)}`);
  }
  const ordered = [...rows.train, ...rows.test].map((row) => cells[row] ?? []);
  return {
    description,
    splits: {
      train: encodeRows(table, choices, prepared, 'train'),
      test: encodeRows(table, choices, prepared, 'test'),
    },
    licence: null,
    files: [{ file: `${id}.csv`, bytes: csvOf([names, ...ordered]) }],
  };
}

/** @param {readonly (readonly string[])[]} rows */
function csvOf(rows) {
  return `${rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\n')}\n`;
}
