import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../setup/load.mjs';
import { runPython } from './python.mjs';

/** The tools that programs are written for. */
export const TOOLS = /** @type {const} */ (['torch', 'keras']);

/** @typedef {typeof TOOLS[number]} Tool */

/**
 * What a program came to.
 * @typedef {object} Outcome
 * @property {number} accuracy on the test set
 * @property {string} version of the tool
 */

/**
 * Runs the program of a network, as the app exports it, on the app's own files.
 * @param {string} root the project's folder
 * @param {string} python
 * @param {import('../../src/core/training/setup.ts').Setup} setup
 * @param {Tool} tool
 * @returns {Promise<Outcome>}
 */
export async function trainInTool(root, python, { network, dataset, recipe }, tool) {
  /** @type {typeof import('./programs.mjs')} */
  const { programsOf } = await load(root, 'scripts/exports/programs.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'fitting-room-program-'));
  try {
    writeFileSync(join(folder, 'program.py'), programsOf(network, dataset, recipe)[tool]);
    const csv = `${dataset.id}.csv`;
    if (dataset.samples.kind === 'table') symlinkSync(join(root, `public/data-${dataset.id}`, csv), join(folder, csv));
    else symlinkSync(join(root, 'public/data'), join(folder, 'data'));
    // On a machine that does something else, too, threads that wait actively would hold each other up.
    const env = { OMP_WAIT_POLICY: 'PASSIVE' };
    await runPython(python, [join(root, 'scripts/exports/in_data.py'), tool, folder], { env });
    return JSON.parse(readFileSync(join(folder, 'outcome.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
