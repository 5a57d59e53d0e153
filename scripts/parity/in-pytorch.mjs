import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPython } from '../exports/python.mjs';
import { load } from '../setup/load.mjs';

/** @typedef {{ losses: number[], answered: number }} Course */
/** @typedef {{ float32: Course, float64: Course, version: string }} TorchCourses */

/** The longest that PyTorch may take for all cases. */
const MOST_MINUTES = 30;

/**
 * Trains cases in PyTorch, in float32 and in float64. What was trained before, by the same program from the same data, is kept in
 * .cache/parity, also where the command was stopped.
 * @param {string} root the project's folder
 * @param {string} python
 * @param {readonly string[]} ids of the cases
 * @returns {Promise<ReadonlyMap<string, TorchCourses>>} by id
 */
export async function trainInPytorch(root, python, ids) {
  /** @type {typeof import('./prepare.mjs')} */
  const { writeCase } = await load(root, 'scripts/parity/prepare.mjs');
  const script = join(root, 'scripts/parity/in_pytorch.py');
  const folderOf = (/** @type {string} */ id) => join(root, '.cache/parity', id);
  for (const id of ids) await writeCase(root, folderOf(id), id);
  const missing = ids.filter((id) => {
    const digest = digestOf(folderOf(id), script);
    writeFileSync(join(folderOf(id), 'digest.txt'), digest);
    const losses = join(folderOf(id), 'losses.json');
    return !existsSync(losses) || JSON.parse(readFileSync(losses, 'utf8')).digest !== digest;
  });
  if (missing.length > 0) {
    console.log(`PyTorch trains ${missing.length === 1 ? 'one case' : `${missing.length} cases`} ...`);
    // On a machine that does something else, too, threads that wait actively would hold each other up.
    const options = { minutes: MOST_MINUTES, env: { OMP_WAIT_POLICY: 'PASSIVE' } };
    await runPython(python, [script, ...missing.map(folderOf)], options);
  }
  return new Map(ids.map((id) => [id, JSON.parse(readFileSync(join(folderOf(id), 'losses.json'), 'utf8'))]));
}

/**
 * Of all that a case's training depends on.
 * @param {string} folder
 * @param {string} script
 * @returns {string}
 */
function digestOf(folder, script) {
  const hash = createHash('sha256').update(readFileSync(script));
  const given = readdirSync(folder).filter((name) => !['losses.json', 'digest.txt'].includes(name));
  for (const name of given.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
