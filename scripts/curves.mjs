// Records what the app computes, to hold a change against the state before it, bit for bit: loss curves, judgements and test
// metrics of some networks on each backend, and the exported program of every preset. `npm run curves -- --record` first,
// `npm run curves` afterwards, on the same machine.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CASES } from './curves/cases.mjs';
import { trained } from './curves/page.mjs';
import { load } from './setup/load.mjs';
import { readOptions } from './setup/options.mjs';
import { Problem, runCommand } from './setup/problem.mjs';
import { withWorkerPage } from './setup/worker-page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `npm run curves -- [options]
  --record              keep what is measured, instead of comparing with what was kept
  --file F              where it is kept: .cache/curves.json
  --backend wasm,webgl  on which backends
  --case NAME           one of ${Object.keys(CASES).join(', ')}; all if left out`;
const OPTIONS = /** @type {const} */ ({
  record: { type: 'boolean', default: false },
  file: { type: 'string', default: '.cache/curves.json' },
  backend: { type: 'string', default: 'wasm,webgl' },
  case: { type: 'string', default: Object.keys(CASES).join(',') },
});

await runCommand(async () => {
  const { record, file, backend, case: cases } = readOptions(process.argv.slice(2), OPTIONS, USAGE);
  const path = resolve(root, file);
  if (!record && !existsSync(path))
    throw new Problem(`${file} is not there: \`npm run curves -- --record\` writes it.`);
  const known = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  /** @type {string[]} */
  const different = [];
  /** @type {(name: string, value: object) => void} */
  const note = (name, value) => {
    const same = JSON.stringify(known[name]) === JSON.stringify(value);
    console.log(`${record ? 'kept' : same ? 'equal' : 'DIFFERENT'}  ${name}  ${JSON.stringify(value)}`);
    if (!same) different.push(name);
    if (record) known[name] = value;
  };
  for (const [name, program] of Object.entries(await programs())) note(name, { program });
  await withWorkerPage({ root, outDir: '.cache/curves' }, async (page, place) => {
    for (const name of cases.split(',')) {
      const setupFor = CASES[name];
      if (setupFor === undefined) throw new Problem(`There is no case ${name}.\n\n${USAGE}`);
      const setup = await setupFor(root);
      for (const choice of backend.split(',')) {
        note(`${name} on ${choice}`, await page.evaluate(trained, { ...place, setup, backend: choice }));
      }
    }
  });
  if (record) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(known, null, 2)}\n`);
  } else if (different.length > 0) throw new Problem(`Different from ${file}: ${different.join('; ')}.`);
});

/** @returns {Promise<Record<string, string>>} the digest of the program of each preset in each framework */
async function programs() {
  const { FASHION_MNIST_PRESETS } = await load(root, 'src/datasets/fashion-mnist/presets/catalogue.ts');
  const { analyse } = await load(root, 'src/core/network/graph.ts');
  const { kerasCode } = await load(root, 'src/core/exporting/keras.ts');
  const { pytorchCode } = await load(root, 'src/core/exporting/pytorch.ts');
  /** @type {Record<string, string>} */
  const found = {};
  for (const { id, dataset, network, recipe } of FASHION_MNIST_PRESETS) {
    const { graph } = analyse(network, dataset);
    for (const [framework, write] of Object.entries({ keras: kerasCode, pytorch: pytorchCode }))
      found[`${id} in ${framework}`] = createHash('sha256').update(write(graph, recipe)).digest('hex');
  }
  return found;
}
