import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../setup/load.mjs';
import { smallDatasets, writeDataset } from './datasets.mjs';
import { runPython } from './python.mjs';

/**
 * Runs the notebooks that the app writes from top to bottom, beside the weights that they begin with.
 * @param {string} root the project's folder
 * @param {string} python
 * @returns {Promise<readonly { name: string, error: string | null }[]>}
 */
export async function verifyNotebooks(root, python) {
  /** @type {typeof import('./notebook-files.mjs')} */
  const { notebookFiles } = await load(root, 'scripts/exports/notebook-files.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'fitting-room-notebooks-'));
  try {
    writeDataset(folder, smallDatasets().spots);
    for (const [name, content] of Object.entries(notebookFiles())) writeFileSync(join(folder, name), content);
    await runPython(python, [join(root, 'scripts/exports/in_notebook.py'), folder]);
    /** @type {Record<string, { text: string, error: string | null }>} */
    const answers = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8'));
    return Object.entries(answers).map(([name, { text, error }]) => ({
      name,
      error: error ?? (/accuracy/.test(text) ? null : 'It says no accuracy.'),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
