// Compares what the Sweep dialog says a sweep will take with what it takes, in the built app: `npm run estimates`.
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './bench/site.mjs';
import { renderTable } from './bench/table.mjs';
import { parseOptions, USAGE } from './estimates/options.mjs';
import { runSweep, SWEEPS } from './estimates/sweeps.mjs';
import { freePort } from './setup/port.mjs';
import { Problem, runCommand } from './setup/problem.mjs';
import { serveSite } from './setup/site.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const HEADING = ['sweep', 'on', 'runs', 'estimated s', 'took s', 'estimated after s', 'off by'];
/** The largest share of the time that an estimate may be off by. */
const TOLERANCE = 0.5;

await runCommand(async () => {
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const { backends, renderer, sweeps } = parseOptions(process.argv.slice(2));
  const [load = 0] = loadavg();
  if (load > availableParallelism()) console.log(`This machine is busy (load ${load.toFixed(1)}).`);
  const site = await serveSite({ root, port: await freePort(), outDir: '.cache/estimates' });
  const browser = await openBrowser(renderer);
  const rows = [];
  let worst = 0;
  try {
    for (const backend of backends) {
      for (const sweep of sweeps) {
        const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
        await page.goto(`${site.address}?backend=${backend}`);
        const { runs, before, after, took } = await runSweep(page, SWEEPS[sweep]);
        // The mean of both, so that a machine that is busier at one time than at another counts less.
        const error = (before + after) / 2 / took - 1;
        worst = Math.max(worst, Math.abs(error));
        const times = [before, took, after].map((seconds) => seconds.toFixed(1));
        rows.push([sweep, backend, String(runs), ...times, percent(error)]);
        console.log(rows.at(-1)?.join('  '));
        await page.close();
      }
    }
  } finally {
    await browser.close();
    await site.close();
  }
  console.log(`\n${renderTable([HEADING, ...rows])}`);
  if (worst > TOLERANCE) throw new Problem(`An estimate is off by more than ${percent(TOLERANCE)}.`);
});

/**
 * @param {number} share
 * @returns {string}
 */
function percent(share) {
  return `${share < 0 ? '-' : '+'}${Math.round(Math.abs(share) * 100)} %`;
}
