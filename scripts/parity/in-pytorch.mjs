import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPython } from '../exports/python.mjs';
import { load } from '../setup/load.mjs';

/** @typedef {{ losses: number[], answered: number }} Course */
/** @typedef {{ float32: Course, float64: Course, version: string, digest: string }} TorchCourses `digest`: of all that they depend on */

/**
 * A case from one seed.
 * @typedef {object} Training
 * @property {string} id of the case
 * @property {number} seed
 */

/** The longest that PyTorch may take for all cases. */
const MOST_MINUTES = 30;

/** What this writes beside the case itself. */
const ABOUT = 'case.json';
const LOSSES = 'losses.json';

/**
 * Where all of a training is kept, from one command to the next.
 * @param {string} root the project's folder
 * @param {Training} training
 */
export function folderOf(root, { id, seed }) {
  return join(root, '.cache/parity', id, String(seed));
}

/**
 * Trains cases in PyTorch, in float32 and in float64. What was trained before, by the same program from the same data, is kept, also
 * where the command was stopped.
 * @param {string} root the project's folder
 * @param {string} python
 * @param {readonly Training[]} trainings
 * @returns {Promise<(training: Training) => TorchCourses>}
 */
export async function trainInPytorch(root, python, trainings) {
  /** @type {typeof import('./prepare.mjs')} */
  const { writeCase } = await load(root, 'scripts/parity/prepare.mjs');
  const scripts = ['scripts/parity/in_pytorch.py', 'scripts/exports/stand_ins.py'].map((file) => join(root, file));
  /** @type {string[]} */
  const missing = [];
  for (const training of trainings) {
    const folder = folderOf(root, training);
    const dataset = await writeCase(root, folder, training);
    const given = [
      'program.py',
      'start.safetensors',
      ...readdirSync(join(folder, dataset)).map((file) => join(dataset, file)),
    ];
    const digest = digestOf([...scripts, ...given.sort().map((file) => join(folder, file))]);
    writeFileSync(join(folder, ABOUT), JSON.stringify({ dataset, digest }));
    const losses = join(folder, LOSSES);
    if (!existsSync(losses) || JSON.parse(readFileSync(losses, 'utf8')).digest !== digest) missing.push(folder);
  }
  if (missing.length > 0) {
    console.log(`PyTorch trains ${missing.length === 1 ? 'once' : `${missing.length} times`} ...`);
    // On a machine that does something else, too, threads that wait actively would hold each other up.
    const options = { minutes: MOST_MINUTES, env: { OMP_WAIT_POLICY: 'PASSIVE' } };
    await runPython(python, [join(root, 'scripts/parity/in_pytorch.py'), ...missing], options);
  }
  return (training) => JSON.parse(readFileSync(join(folderOf(root, training), LOSSES), 'utf8'));
}

/**
 * @param {readonly string[]} files
 * @returns {string} a digest of all that is in them.
 */
export function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}
