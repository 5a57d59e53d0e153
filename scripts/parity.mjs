// `npm run parity`: trains the same networks from the same weights on the same batches with every backend of the app's engine and with
// PyTorch, and compares the losses of each step with those of PyTorch in float64. scripts/parity/options.mjs has the usage; the
// Python is that of `npm run verify-exports`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensurePython } from './exports/python.mjs';
import { compareCase, progressOf } from './parity/compare.mjs';
import { writeDocument } from './parity/document.mjs';
import { openTrainers } from './parity/in-browser.mjs';
import { trainInPytorch } from './parity/in-pytorch.mjs';
import { ENGINES, parseOptions, USAGE } from './parity/options.mjs';
import { faultsOf, markdownTable } from './parity/verdicts.mjs';
import { circumstances } from './setup/circumstances.mjs';
import { load } from './setup/load.mjs';
import { checkNode } from './setup/node-version.mjs';
import { runCommand } from './setup/problem.mjs';

/** @typedef {import('./parity/compare.mjs').Compared} Compared */

const root = fileURLToPath(new URL('..', import.meta.url));

await runCommand(async () => {
  checkNode();
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    return;
  }
  /** @type {typeof import('./parity/prepare.mjs')} */
  const { parityCases } = await load(root, 'scripts/parity/prepare.mjs');
  const all = parityCases();
  const ids = all.map(({ id }) => id);
  const options = parseOptions(process.argv.slice(2), ids);
  const about = circumstances(root);
  const torch = await trainInPytorch(root, await ensurePython(root), options.only);
  const trainers = await openTrainers(root, options.renderer);
  /** @type {Compared[]} */
  const compared = [];
  try {
    for (const each of all.filter(({ id }) => options.only.includes(id))) {
      const one = await compareCase(each, options.engines, trainers, torch.get(each.id));
      console.log(progressOf(one));
      compared.push(one);
    }
  } finally {
    await trainers.close();
  }
  const rows = compared.map(({ row }) => row);
  const engines = options.engines.map((id) => /** @type {const} */ ([id, ENGINES[id].title]));
  const table = markdownTable(rows, engines);
  console.log(`\n${table}\n`);
  const faults = rows.flatMap(faultsOf);
  for (const fault of faults) console.log(fault);
  if (options.json) writeFileSync(options.json, `${JSON.stringify({ about, compared }, null, 2)}\n`);
  const version = compared[0]?.torch.version ?? '';
  const devices = compared.flatMap((each) => each.devices);
  if (options.table) writeDocument(root, table, { about, devices, version });
  process.exitCode = faults.length === 0 ? 0 : 1;
});
