import { relative, resolve } from 'node:path';
import { cwd, env, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildDataset } from './dataset.mjs';
import { Refusal, reasonOf } from './refusal.mjs';

const USAGE = 'npm run data -- [--from FOLDER] [--to FOLDER]';
const DEFAULT_FROM = '/usr/share/datasets/fashion-mnist';
const DEFAULT_TO = fileURLToPath(new URL('../../public/data', import.meta.url));

try {
  const { from, to } = readOptions();
  const { shards } = buildDataset(from, to);
  const megabytes = shards.reduce((sum, shard) => sum + shard.stored.bytes, 0) / 1e6;
  console.log(`Wrote ${shards.length} shards, ${megabytes.toFixed(1)} MB, to ${relative(cwd(), to) || '.'}.`);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  exit(1);
}

function readOptions() {
  const { from = DEFAULT_FROM, to = DEFAULT_TO } = parseOptions();
  // npm runs scripts in the package's root, and says here where the user stood.
  const base = env['INIT_CWD'] ?? cwd();
  return { from: resolve(base, from), to: resolve(base, to) };
}

/** @returns {{ from?: string, to?: string }} */
function parseOptions() {
  try {
    return parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } }).values;
  } catch (error) {
    throw new Refusal(`${reasonOf(error)}; usage: ${USAGE}`);
  }
}
