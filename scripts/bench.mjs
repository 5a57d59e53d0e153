// `npm run bench`: this engine against unmodified tfjs, side by side in one run. scripts/bench/options.mjs has the usage.
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openNative, openSystemNative } from './bench/native.mjs';
import { parseOptions, USAGE } from './bench/options.mjs';
import { measureCase } from './bench/rounds.mjs';
import { openBrowser, servePage } from './bench/site.mjs';
import { HEADING, renderTable, rowsOf } from './bench/table.mjs';
import { measureWhole } from './bench/whole.mjs';
import { ensurePython } from './exports/python.mjs';
import { checkNode } from './setup/node-version.mjs';
import { runCommand } from './setup/problem.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await runCommand(async () => {
  checkNode();
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const options = parseOptions(process.argv.slice(2));
  const site = await servePage(root, 'tests/bench');
  const browser = await openBrowser(options.renderer, options.backend);
  const isNative = options.native || options.table;
  const torch = isNative ? openNative(await ensurePython(root)) : undefined;
  const oldTorch = isNative ? openSystemNative() : undefined;
  if (isNative && !oldTorch)
    console.log('/usr/bin/python3 has no PyTorch (on Debian: python3-torch), so its column is left out.');
  try {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(site.address);
    if (options.table) await measureWhole(root, { page, options, natives: { torch, oldTorch } });
    else await run(page, options, torch);
  } finally {
    torch?.close();
    oldTorch?.close();
    await browser.close();
    await site.close();
  }
});

/**
 * @param {import('playwright').Page} page
 * @param {import('./bench/options.mjs').BenchOptions} options
 * @param {import('./bench/native.mjs').Native | undefined} native
 * @returns {Promise<void>}
 */
async function run(page, options, native) {
  const [load = 0] = loadavg();
  if (load > availableParallelism()) {
    console.log(`This machine is busy (load ${load.toFixed(1)}): trust ratios more than milliseconds.`);
  }
  const { gflops } = await page.evaluate((backend) => window.bench.product({ backend }), options.backend);
  console.log(`Best matrix product of unmodified tfjs on ${options.backend}: ${gflops.toFixed(1)} GFLOP/s`);
  const cases = [];
  for (const name of options.cases) {
    for (const batch of options.batches) {
      cases.push(await measureCase(page, { name, batch, ...options }, native, gflops));
    }
  }
  console.log(`\n${renderTable([HEADING, ...cases.flatMap(rowsOf)])}`);
  // What was asked for and what a machine has may differ: a browser without a GPU draws in software.
  console.log(`\nComputed by: ${[...new Set(cases.map(({ device }) => device))].join('; ')}`);
  for (const { case: name, batch, failures } of cases) {
    for (const failure of failures) console.log(`${name} ${batch}: ${failure}`);
  }
  if (options.json) writeFileSync(options.json, `${JSON.stringify({ productGflops: gflops, cases }, null, 2)}\n`);
}
