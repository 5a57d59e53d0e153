import { heapOf } from './heap.mjs';

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('./cases.mjs').LongRun} LongRun */

/**
 * @typedef {object} Figures
 * @property {number} heapMB what the page holds in its JavaScript heap
 * @property {number} codeMB how much of it is compiled code
 * @property {number} buffersMB the bytes of its typed arrays
 * @property {number} nodes elements and texts of the page
 * @property {number} msPerUpdate processor time of the page's thread for each time that it showed something new
 * @property {number} busy the share of the time that it was at work
 * @property {number} frameMs the longest wait for a frame, of 95 in 100
 * @property {number} longestMs its longest task
 */

/**
 * Trains, and measures the page before each mark of a case.
 *
 * @param {Page} page with the draft of the case
 * @param {LongRun} longRun
 * @returns {Promise<Figures[]>}
 */
export async function measured(page, { runs, unit, marks, stretch, warmUp }) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate(() => window.longRun.start());
  if (warmUp !== undefined) await warm(page, unit, warmUp);
  const train = trainAll(page, runs);
  const figures = [];
  for (const mark of marks) {
    await Promise.race([train.failed, reach(page, unit, mark - stretch)]);
    await page.evaluate(() => window.longRun.take());
    const [from, since] = [await workOf(cdp), Date.now()];
    await Promise.race([train.failed, reach(page, unit, mark)]);
    const [until, seconds] = [await workOf(cdp), (Date.now() - since) / 1000];
    const seen = await page.evaluate(() => window.longRun.take());
    figures.push({
      ...(await memoryOf(cdp)),
      msPerUpdate: (1000 * (until - from)) / seen.updates,
      busy: (until - from) / seconds,
      frameMs: seen.frames.toSorted((a, b) => a - b)[Math.floor(0.95 * seen.frames.length)] ?? Number.NaN,
      longestMs: Math.max(0, ...seen.tasks),
    });
  }
  await train.done;
  return figures;
}

/**
 * @param {Page} page
 * @param {LongRun['unit']} unit
 * @param {number} mark
 */
async function warm(page, unit, mark) {
  await press(page, 'Train');
  await reach(page, unit, mark);
  await press(page, 'Reset');
}

/**
 * @param {Page} page
 * @param {string} name
 */
function press(page, name) {
  return page.getByRole('button', { name, exact: true }).click();
}

/**
 * @param {Page} page
 * @param {number} runs
 * @returns {{ done: Promise<void>, failed: Promise<never> }}
 */
function trainAll(page, runs) {
  const train = async () => {
    for (let run = 1; run <= runs; run++) {
      await press(page, 'Train');
      await reach(page, 'run', run);
    }
  };
  const done = train();
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => done.catch(reject));
  return { done, failed };
}

/**
 * @param {Page} page
 * @param {LongRun['unit']} unit
 * @param {number} mark
 */
function reach(page, unit, mark) {
  return page.evaluate(([counted, at]) => window.longRun.reach(counted, at), /** @type {const} */ ([unit, mark]));
}

/**
 * Seconds of processor time that the page's thread has taken.
 *
 * @param {import('playwright').CDPSession} cdp
 * @returns {Promise<number>}
 */
async function workOf(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

/** @param {import('playwright').CDPSession} cdp */
async function memoryOf(cdp) {
  // What the first collection frees may hold on to more.
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const { heap, code } = await heapOf(cdp);
  /** @type {{ backingStorageSize?: number }} */
  const { backingStorageSize = Number.NaN } = await cdp.send('Runtime.getHeapUsage');
  const { nodes } = await cdp.send('Memory.getDOMCounters');
  return { heapMB: heap / 1e6, codeMB: code / 1e6, buffersMB: backingStorageSize / 1e6, nodes };
}
