import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'vite';

/** @typedef {{ url: string, revision: string | null, integrity?: string }} SiteFile as workbox takes it */

/** What the service worker does not keep: the data set, which the training worker keeps, and what no page loads. */
const NOT_KEPT = [/^data(?:-\w+)?\//, /^\.vite\//, /\.map$/, /^service-worker\.js$/];

/**
 * Builds the service worker of the app after the app itself, with a list of all its files. Only a build has one, the dev
 * server has none.
 *
 * @param {{ entry: string }} options the path of its source
 * @returns {import('vite').Plugin}
 */
export function serviceWorkerBuild({ entry }) {
  return {
    name: 'service-worker-build',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        if (dir !== undefined) await writeServiceWorker(dir, entry);
      },
    },
  };
}

/**
 * Builds the service worker into a build of the app, for the files that are there.
 *
 * @param {string} dir
 * @param {string} entry the path of its source
 * @returns {Promise<void>}
 */
export async function writeServiceWorker(dir, entry) {
  writeFileSync(join(dir, 'service-worker.js'), await bundle(entry, siteOf(dir)));
}

/**
 * The files of a build that the service worker keeps, with a name for this version that changes with any of them.
 *
 * @param {string} dir
 * @returns {{ version: string, files: SiteFile[] }}
 */
export function siteOf(dir) {
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => relative(dir, join(item.parentPath, item.name)).split(sep).join('/'))
    .filter((path) => !NOT_KEPT.some((pattern) => pattern.test(path)))
    .toSorted();
  const files = paths.map((path) => entryOf(path, readFileSync(join(dir, path))));
  return { version: hash(JSON.stringify(files)).toString('hex').slice(0, 12), files };
}

/**
 * A file with the hash that what arrives must have, so that no version is mixed with another or with the error page of a
 * host. Some hosts add something to pages, which therefore go without.
 *
 * @param {string} path
 * @param {Buffer} bytes
 * @returns {SiteFile}
 */
function entryOf(path, bytes) {
  const digest = hash(bytes);
  // The build puts a hash into the names of its assets: their addresses need no revision.
  const revision = path.startsWith('assets/') ? null : digest.toString('hex').slice(0, 12);
  if (path.endsWith('.html')) return { url: path, revision };
  return { url: path, revision, integrity: `sha256-${digest.toString('base64')}` };
}

/** @param {string | Buffer} contents */
function hash(contents) {
  return createHash('sha256').update(contents).digest();
}

/**
 * @param {string} entry
 * @param {ReturnType<typeof siteOf>} site
 * @returns {Promise<string>} the script, which imports nothing
 */
async function bundle(entry, site) {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { SITE: JSON.stringify(site) },
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: { input: entry, output: { format: 'iife' }, checks: { pluginTimings: false } },
    },
  });
  const chunks = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const [script] = chunks;
  if (script?.type !== 'chunk' || chunks.length > 1) throw new Error('The service worker must be a single script.');
  return script.code;
}
