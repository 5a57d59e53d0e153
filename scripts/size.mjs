// Fails when the JavaScript that the page loads before it can paint outgrows its budget.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { Problem, runCommand } from './setup/problem.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const BUDGET_KB = 150;

await runCommand(async () => {
  const kilobytes = initialBytes(await chunksOfBuild()) / 1000;
  const summary = `Initial JavaScript: ${kilobytes.toFixed(1)} KB gzip of ${BUDGET_KB} KB`;
  if (kilobytes > BUDGET_KB)
    throw new Problem(`${summary}. Load something later: import() it where it is first shown.`);
  console.log(summary);
});

/** @returns {Promise<Map<string, import('vite').Rollup.OutputChunk>>} */
async function chunksOfBuild() {
  const built = await build({ root, logLevel: 'warn', build: { write: false, sourcemap: false } });
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const chunks = outputs.filter((output) => output.type === 'chunk');
  return new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
}

/**
 * The gzip bytes of the entry and of all that it imports statically.
 *
 * @param {Map<string, import('vite').Rollup.OutputChunk>} chunks
 * @returns {number}
 */
function initialBytes(chunks) {
  const needed = [...chunks.values()].filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
  for (const name of needed) {
    for (const next of chunks.get(name)?.imports ?? []) if (!needed.includes(next)) needed.push(next);
  }
  return needed.reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? '').length, 0);
}
