import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from './refusal.mjs';

/** Where packages stay once they were fetched. */
const CACHE = fileURLToPath(new URL('../../.cache/data', import.meta.url));

/**
 * A file of a package on npm, fetched where it is not there yet.
 * @param {string} name with its version: `vega-datasets@3.2.1`
 * @param {string} file its path in the package
 * @param {string} sha256 of the file
 */
export function fileOfNpm(name, file, sha256) {
  const archive = join(CACHE, `${name.replace('@', '-')}.tgz`);
  if (!existsSync(archive)) run('npm', ['pack', name, '--silent', '--pack-destination', cache()]);
  return checked(
    file,
    sha256,
    run('tar', ['--extract', '--gzip', '--to-stdout', '--file', archive, `package/${file}`]),
  );
}

/**
 * A file of a package on PyPI, fetched where it is not there yet.
 * @param {string} name with its version: `scikit-learn==1.9.1`
 * @param {string} file its path in the package
 * @param {string} sha256 of the file
 */
export function fileOfPypi(name, file, sha256) {
  const folder = join(CACHE, name.replace('==', '-'));
  if (!existsSync(join(folder, file))) {
    run('python3', [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--dest',
      cache(),
      name,
    ]);
    const unpack =
      'import glob, sys, zipfile; zipfile.ZipFile(glob.glob(sys.argv[1])[0]).extract(sys.argv[2], sys.argv[3])';
    const wheel = join(CACHE, `${name.replace('-', '_').replace('==', '-')}-*.whl`);
    run('python3', ['-c', unpack, wheel, file, folder]);
  }
  return checked(file, sha256, readFileSync(join(folder, file)));
}

function cache() {
  mkdirSync(CACHE, { recursive: true });
  return CACHE;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Buffer} what it wrote
 */
function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { maxBuffer: 100_000_000 });
  if (status === 0) return stdout;
  throw new Refusal(`${command} ${args.slice(0, 3).join(' ')} failed (${error?.message ?? String(stderr).trim()}).`);
}

/**
 * @param {string} file
 * @param {string} expected
 * @param {Buffer} bytes
 */
function checked(file, expected, bytes) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === expected) return bytes;
  throw new Refusal(
    `${file} is not the file that this data set was made of (SHA-256 ${sha256}, expected ${expected}).`,
  );
}
