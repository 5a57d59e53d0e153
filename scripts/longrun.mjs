// Measures whether the page stays as quick and as small as it is in long trainings, in the built app: `npm run longrun`.
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './bench/site.mjs';
import { medians } from './bench/statistics.mjs';
import { figure, renderTable } from './bench/table.mjs';
import { keptDraft, LONG_RUNS } from './longrun/cases.mjs';
import { measured } from './longrun/measure.mjs';
import { parseOptions, USAGE } from './longrun/options.mjs';
import { installWatch } from './longrun/watch.mjs';
import { freePort } from './setup/port.mjs';
import { runCommand } from './setup/problem.mjs';
import { serveSite } from './setup/site.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Milliseconds for the slowest of the cases on a busy machine. */
const PATIENCE = 1_800_000;

/** @type {import('./longrun/measure.mjs').Figures} */
const NOTHING = {
  heapMB: Number.NaN,
  codeMB: Number.NaN,
  buffersMB: Number.NaN,
  nodes: Number.NaN,
  msPerUpdate: Number.NaN,
  busy: Number.NaN,
  frameMs: Number.NaN,
  longestMs: Number.NaN,
};

const COLUMNS = /** @type {const} */ ({
  heapMB: 'heap MB',
  codeMB: 'of it code',
  buffersMB: 'arrays MB',
  nodes: 'DOM nodes',
  msPerUpdate: 'ms/update',
  busy: 'busy',
  frameMs: '95 % frame ms',
  longestMs: 'longest task ms',
});
const FIGURES = /** @type {(keyof typeof COLUMNS)[]} */ (Object.keys(COLUMNS));

await runCommand(async () => {
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const { cases, rounds } = parseOptions(process.argv.slice(2));
  const [load = 0] = loadavg();
  if (load > availableParallelism()) console.log(`This machine is busy (load ${load.toFixed(1)}).`);
  const site = await serveSite({ root, port: await freePort(), outDir: '.cache/longrun' });
  const rows = [['measured at', ...FIGURES.map((name) => COLUMNS[name])]];
  try {
    for (const name of cases) {
      /** @type {import('./longrun/measure.mjs').Figures[][]} */
      const found = [];
      for (let round = 0; round < rounds; round++) found.push(await measuredIn(site.address, LONG_RUNS[name]));
      const [early, late] = [0, 1].map((mark) =>
        medians(
          found.map((all) => all[mark] ?? NOTHING),
          FIGURES,
        ),
      );
      rows.push(...rowsOf(LONG_RUNS[name], early ?? NOTHING, late ?? NOTHING));
    }
  } finally {
    await site.close();
  }
  console.log(renderTable(rows));
});

/**
 * @param {string} address
 * @param {import('./longrun/cases.mjs').LongRun} longRun
 */
async function measuredIn(address, longRun) {
  const browser = await openBrowser('llvmpipe');
  try {
    const page = await browser.newPage({ serviceWorkers: 'block', viewport: { width: 1366, height: 768 } });
    page.setDefaultTimeout(PATIENCE);
    await page.addInitScript(installWatch);
    await page.addInitScript((draft) => localStorage.setItem('draft fashion-mnist', draft), keptDraft(longRun));
    await page.goto(`${address}?backend=wasm`);
    await page.getByRole('button', { name: /Fashion-MNIST.*ready/ }).waitFor();
    return await measured(page, longRun);
  } finally {
    await browser.close();
  }
}

/**
 * Two lines of figures, and how many times the first the second is.
 *
 * @param {import('./longrun/cases.mjs').LongRun} longRun
 * @param {import('./longrun/measure.mjs').Figures} early
 * @param {import('./longrun/measure.mjs').Figures} late
 */
function rowsOf({ unit, marks }, early, late) {
  const cells = (/** @type {import('./longrun/measure.mjs').Figures} */ all) =>
    FIGURES.map((name) => figure(all[name]));
  return [
    [`${unit} ${figure(marks[0])}`, ...cells(early)],
    [`${unit} ${figure(marks[1])}`, ...cells(late)],
    ['times', ...FIGURES.map((name) => figure(late[name] / early[name]))],
  ];
}
