// Fails when the JavaScript that the page loads before it can paint outgrows its budget.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { Problem, runCommand } from './setup/problem.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const BUDGET_KB = 150;

await runCommand(async () => {
  const kilobytes = initialBytes(await filesOfBuild()) / 1000;
  const summary = `Initial JavaScript: ${kilobytes.toFixed(1)} KB gzip of ${BUDGET_KB} KB`;
  if (kilobytes > BUDGET_KB)
    throw new Problem(`${summary}. Load something later: import() it where it is first shown.`);
  console.log(summary);
});

/** @returns {Promise<(import('vite').Rollup.OutputChunk | import('vite').Rollup.OutputAsset)[]>} */
async function filesOfBuild() {
  const built = await build({ root, logLevel: 'warn', build: { write: false, sourcemap: false } });
  return [built].flat().flatMap((result) => ('output' in result ? result.output : []));
}

/**
 * The gzip bytes of the scripts that the page names, and of all that they import statically.
 *
 * @param {Awaited<ReturnType<typeof filesOfBuild>>} files
 * @returns {number}
 */
function initialBytes(files) {
  const page = files.find(({ fileName }) => fileName === 'index.html');
  const html = page?.type === 'asset' ? String(page.source) : '';
  const chunks = new Map(files.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
  const needed = [...chunks.keys()].filter((name) => html.includes(`./${name}"`));
  if (needed.length === 0) throw new Problem('The page of the build names no script.');
  for (const name of needed) {
    for (const next of chunks.get(name)?.imports ?? []) if (!needed.includes(next)) needed.push(next);
  }
  return needed.reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? '').length, 0);
}
