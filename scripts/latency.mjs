// Measures how soon the built app answers real input: `npm run latency`.
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './bench/site.mjs';
import { median } from './bench/statistics.mjs';
import { figure, renderTable } from './bench/table.mjs';
import { installLongTasks, openFile } from './latency/opening.mjs';
import { parseOptions, USAGE } from './latency/options.mjs';
import { timePauses } from './latency/pausing.mjs';
import { SITUATIONS } from './latency/situations.mjs';
import { installLatency } from './latency/watch.mjs';
import { freePort } from './setup/port.mjs';
import { runCommand } from './setup/problem.mjs';
import { serveSite } from './setup/site.mjs';

/** @typedef {(backend: string) => Promise<import('playwright').Page>} Opener opens the app on a page of its own */

const root = fileURLToPath(new URL('..', import.meta.url));
const TIMES = ['median ms', '95 % ms', 'most ms'];

await runCommand(async () => {
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const options = parseOptions(process.argv.slice(2));
  const [load = 0] = loadavg();
  if (load > availableParallelism()) console.log(`This machine is busy (load ${load.toFixed(1)}).`);
  const site = await serveSite({ root, port: await freePort(), outDir: '.cache/latency' });
  const browser = await openBrowser(options.renderer);
  /** @type {Opener} */
  const open = async (backend) => {
    const page = await browser.newPage({ serviceWorkers: 'block', viewport: { width: 1366, height: 768 } });
    await page.addInitScript(options.files === null ? installLatency : installLongTasks);
    await page.goto(`${site.address}?backend=${backend}`);
    return page;
  };
  try {
    const { files, pause } = options;
    const rows = files
      ? await openings(files, open)
      : pause
        ? await pauses(pause, options, open)
        : await strokes(options, open);
    console.log(renderTable(rows));
  } finally {
    await browser.close();
    await site.close();
  }
});

/**
 * How long the page is busy while files are opened.
 *
 * @param {readonly string[]} files
 * @param {Opener} open
 */
async function openings(files, open) {
  const rows = [['file opened', 'longest task ms', 'seconds', 'what is said']];
  for (const name of files) {
    // Each on a page of its own: nothing of the one before is still under way.
    const page = await open('wasm');
    const { longest, seconds, said } = await openFile(page, name);
    rows.push([name, figure(longest), figure(seconds), said]);
    console.log(rows.at(-1)?.join('  '));
    await page.close();
  }
  return rows;
}

/**
 * How long a run takes to stand still.
 *
 * @param {import('./latency/options.mjs').PauseOptions} pause
 * @param {import('./latency/options.mjs').LatencyOptions} options
 * @param {Opener} open
 */
async function pauses(pause, { backends }, open) {
  const rows = [['preset', 'backend', 'pauses', ...TIMES]];
  for (const backend of backends) {
    for (const preset of pause.presets) {
      const page = await open(backend);
      rows.push([preset, backend, ...cellsOf(await timePauses(page, new RegExp(preset), pause))]);
      await page.close();
    }
  }
  return rows;
}

/**
 * How long strokes on the pad take to reach the bars.
 *
 * @param {import('./latency/options.mjs').LatencyOptions} options
 * @param {Opener} open
 */
async function strokes({ backends, situations, strokes: count }, open) {
  const rows = [['stroke to bars', 'while', 'strokes', ...TIMES]];
  for (const backend of backends) {
    for (const situation of situations) {
      const page = await open(backend);
      rows.push([backend, situation, ...cellsOf(await SITUATIONS[situation](page, count))]);
      await page.close();
    }
  }
  return rows;
}

/**
 * @param {readonly number[]} times
 * @returns {string[]}
 */
function cellsOf(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const upper = sorted[Math.ceil(sorted.length * 0.95) - 1];
  return [String(times.length), figure(median(times)), figure(upper), figure(sorted.at(-1))];
}
