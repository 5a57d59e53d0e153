// `npm run parity`: trains the same networks from the same weights on the same batches with every backend of the app's engine and with
// PyTorch, and compares the losses of each step with those of PyTorch in float64. scripts/parity/options.mjs has the usage; the
// Python is that of `npm run verify-exports`. What was trained is kept in .cache/parity: a command that was stopped goes on where it was.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePython } from './exports/python.mjs';
import { compareCase, progressOf } from './parity/compare.mjs';
import { writeDocument } from './parity/document.mjs';
import { openTrainers } from './parity/in-browser.mjs';
import { folderOf, trainInPytorch } from './parity/in-pytorch.mjs';
import { kept, keptIn } from './parity/kept.mjs';
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
  const options = parseOptions(
    process.argv.slice(2),
    all.map(({ id }) => id),
  );
  const cases = all.filter(({ id }) => options.only.includes(id));
  const about = circumstances(root);
  const trainings = cases.flatMap(({ id, seeds }) => seeds.map((seed) => ({ id, seed })));
  const torchOf = await trainInPytorch(root, await ensurePython(root), trainings);
  const trainers = await openTrainers(root, options.renderer);
  /** @type {Compared[]} */
  const compared = [];
  try {
    for (const each of cases) {
      const { id, seeds } = each;
      const one = await compareCase(each, {
        ...options,
        torch: seeds.map((seed) => torchOf({ id, seed })),
        train: async (engine, seed, steps) => {
          const training = { id, seed };
          const place = join(folderOf(root, training), `${engine}-${options.renderer}-${steps}.json`);
          const digest = `${trainers.digest} ${torchOf(training).digest}`;
          if (options.kept) return keptIn(place, digest);
          return kept(place, digest, () => trainers.train(engine, training, steps));
        },
      });
      console.log(progressOf(one));
      compared.push(one);
    }
  } finally {
    await trainers.close();
  }
  const rows = compared.flatMap((each) => each.rows);
  const engines = options.engines.map((id) => /** @type {const} */ ([id, ENGINES[id].title]));
  const table = markdownTable(rows, engines);
  console.log(`\n${table}\n`);
  const faults = rows.flatMap(faultsOf);
  for (const fault of faults) console.log(fault);
  if (options.json) writeFileSync(options.json, `${JSON.stringify({ about, compared }, null, 2)}\n`);
  const version = compared[0]?.torch[0]?.version ?? '';
  const devices = compared.flatMap((each) => each.devices);
  if (options.table) writeDocument(root, table, { about, devices, version });
  process.exitCode = faults.length === 0 ? 0 : 1;
});
