import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../setup/problem.mjs';

const OLDEST = [3, 10];

/** What the packages take on the disk while they are installed, and how long that may take. */
const ROOM = 14e9;
const MOST_MINUTES = 15;

/**
 * The version of the Python that can be started, with venv in it; null where there is none, or none new enough.
 * @returns {string | null}
 */
function pythonVersion() {
  const { status, stdout } = spawnSync('python3', ['-c', 'import ensurepip, sys, venv; print(*sys.version_info[:2])'], {
    encoding: 'utf8',
  });
  const [major = 0, minor = 0] = status === 0 ? stdout.trim().split(' ').map(Number) : [];
  const isEnough = major > (OLDEST[0] ?? 0) || (major === OLDEST[0] && minor >= (OLDEST[1] ?? 0));
  return isEnough ? `${major}.${minor}` : null;
}

/**
 * A Python that has the packages of requirements.txt: in .cache/exports or the folder that EXPORTS_PYTHON names, made where
 * it is missing or has others.
 * @param {string} root the project's folder
 * @returns {Promise<string>} its path
 * @throws {Problem} where it cannot be made
 */
export async function ensurePython(root) {
  const version = pythonVersion();
  if (version === null) throw new Problem('A Python 3.10 or newer with venv is needed to run the programs.');
  const environment = process.env['EXPORTS_PYTHON'] ?? join(root, '.cache/exports');
  const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const requirements = join(root, 'scripts/exports/requirements.txt');
  const wanted = `Python ${version}\n${readFileSync(requirements, 'utf8')}`;
  const record = join(environment, 'installed.txt');
  const has = existsSync(record) ? readFileSync(record, 'utf8') : '';
  if (has === wanted) return python;
  if (!mayReplace(environment)) {
    throw new Problem(
      `${environment} is no environment made by Python's venv. EXPORTS_PYTHON must name the folder of one, or one to make.`,
    );
  }
  // What is there stays where the Python is the same: pip adds what is missing.
  const isThere = has.startsWith(`Python ${version}\n`);
  if (!isThere) rmSync(environment, { recursive: true, force: true });
  mkdirSync(environment, { recursive: true });
  const { bavail, bsize } = statfsSync(environment);
  if (!isThere && bavail * bsize < ROOM) throw new Problem(`There is no room for PyTorch and Keras in ${environment}.`);
  console.log('Installing PyTorch and Keras (once: it takes minutes, and 6 GB on Linux) ...');
  if (!isThere) await runPython('python3', ['-m', 'venv', environment]);
  await runPython(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], {
    minutes: MOST_MINUTES,
  });
  writeFileSync(record, wanted);
  return python;
}

/**
 * Whether a folder may be deleted for an environment: it is one, is empty, or is not there.
 * @param {string} folder
 * @returns {boolean}
 */
export function mayReplace(folder) {
  if (!existsSync(folder)) return true;
  if (!statSync(folder).isDirectory()) return false;
  return existsSync(join(folder, 'pyvenv.cfg')) || readdirSync(folder).length === 0;
}

/**
 * Runs a program of Python to its end, its output shown.
 * @param {string} python
 * @param {string[]} args
 * @param {object} [options]
 * @param {number} [options.minutes] the longest that it may take
 * @param {Record<string, string>} [options.env] variables beside those of this process
 * @returns {Promise<void>}
 * @throws {Problem} when it fails, which has said why by then, or takes longer.
 */
export async function runPython(python, args, { minutes = 0, env = {} } = {}) {
  const child = spawn(python, ['-B', ...args], {
    stdio: 'inherit',
    timeout: minutes * 60_000,
    env: { ...process.env, ...env },
  });
  /** @type {number | null} */
  const status = await new Promise((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
  if (status !== 0) throw new Problem(`${python} ${args.slice(0, 3).join(' ')} failed: see above.`);
}
