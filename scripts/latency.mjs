// Measures how long a stroke on the pad takes to reach the bars, in the built app with real input: `npm run latency`.
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './bench/site.mjs';
import { median } from './bench/statistics.mjs';
import { figure, renderTable } from './bench/table.mjs';
import { installLongTasks, openFile } from './latency/opening.mjs';
import { parseOptions, USAGE } from './latency/options.mjs';
import { SITUATIONS } from './latency/situations.mjs';
import { installLatency } from './latency/watch.mjs';
import { freePort } from './setup/port.mjs';
import { runCommand } from './setup/problem.mjs';
import { serveSite } from './setup/site.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const FILES_HEADING = ['file opened', 'longest task ms', 'seconds', 'what is said'];
const HEADING = ['stroke to bars', 'while', 'strokes', 'median ms', '95 % ms', 'most ms'];

await runCommand(async () => {
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const { backends, renderer, situations, strokes, files } = parseOptions(process.argv.slice(2));
  const [load = 0] = loadavg();
  if (load > availableParallelism()) console.log(`This machine is busy (load ${load.toFixed(1)}).`);
  const site = await serveSite({ root, port: await freePort(), outDir: '.cache/latency' });
  const browser = await openBrowser(renderer);
  const rows = [files === null ? HEADING : FILES_HEADING];
  try {
    for (const name of files ?? []) {
      // Each on a page of its own: nothing of the one before is still under way.
      const page = await browser.newPage({ serviceWorkers: 'block', viewport: { width: 1366, height: 768 } });
      await page.addInitScript(installLongTasks);
      await page.goto(`${site.address}?backend=wasm`);
      const { longest, seconds, said } = await openFile(page, name);
      rows.push([name, figure(longest), figure(seconds), said]);
      console.log(rows.at(-1)?.join('  '));
      await page.close();
    }
    if (files === null)
      for (const backend of backends) {
        for (const situation of situations) {
          const page = await browser.newPage({ serviceWorkers: 'block', viewport: { width: 1366, height: 768 } });
          await page.addInitScript(installLatency);
          await page.goto(`${site.address}?backend=${backend}`);
          rows.push([backend, situation, ...cellsOf(await SITUATIONS[situation](page, strokes))]);
          await page.close();
        }
      }
  } finally {
    await browser.close();
    await site.close();
  }
  console.log(renderTable(rows));
});

/**
 * @param {readonly number[]} times
 * @returns {string[]}
 */
function cellsOf(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const upper = sorted[Math.ceil(sorted.length * 0.95) - 1];
  return [String(times.length), figure(median(times)), figure(upper), figure(sorted.at(-1))];
}
