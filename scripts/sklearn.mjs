// `npm run sklearn` writes tests/fixtures/sklearn: what scikit-learn makes of the same rows, for the unit tests to compare
// with, which then need no Python. scikit-learn comes from PyPI into .cache/sklearn; a Python 3.11 or newer must be there.
// To add one: a function with @case in scripts/sklearn/cases; its name is the name of the file.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem, runCommand } from './setup/problem.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const environment = join(root, '.cache/sklearn');
const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

await runCommand(async () => {
  if (!existsSync(python)) run('python3', ['-m', 'venv', environment]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', join(root, 'scripts/sklearn/requirements.txt')]);
  run(python, [
    '-B',
    join(root, 'scripts/sklearn/main.py'),
    join(root, 'tests/fixtures/sklearn'),
    ...process.argv.slice(2),
  ]);
});

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {void}
 * @throws {Problem} when it fails, which has said why by then.
 */
function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Problem(`${command} ${args.slice(0, 3).join(' ')} failed: see above.`);
}
