/** @typedef {import('playwright').Page} Page */

/** Milliseconds without a change of the bars before the next stroke. */
const REST = 300;
/**
 * From when on, in milliseconds after that rest, strokes are spread over how many: the training images are searched 800 ms
 * after the last change of the drawing (see `use-nearest-samples.ts`), for some 30 to 200.
 */
const SEARCH = { from: 450, over: 250 };
/** Milliseconds for the data to arrive and for a training to begin, also on a machine without a GPU. */
const PATIENCE = 240_000;

/**
 * How strokes are timed in each situation: milliseconds from the newest touch of the pad until the bars that answer it were
 * painted.
 *
 * @type {Readonly<Record<import('./options.mjs').SituationName, (page: Page, strokes: number) => Promise<number[]>>>}
 */
export const SITUATIONS = {
  async line(page, strokes) {
    await begin(page);
    return timesOf(strokes, (i) => line(page, i));
  },
  async stroke(page, strokes) {
    await begin(page);
    return timesOf(strokes, (i) => stroke(page, i));
  },
  async search(page, strokes) {
    await begin(page);
    return timesOf(strokes, (i) => line(page, i, SEARCH.from + (SEARCH.over * i) / strokes));
  },
  async training(page, strokes) {
    await begin(page);
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByText('Run 1 answers').waitFor({ timeout: PATIENCE });
    return timesOf(strokes, (i) => line(page, i));
  },
};

/**
 * @param {number} count
 * @param {(index: number) => Promise<number>} time
 * @returns {Promise<number[]>}
 */
async function timesOf(count, time) {
  const times = [];
  for (let i = 0; i < count; i++) times.push(await time(i));
  return times;
}

/**
 * Waits until all data is there and a network answers.
 *
 * @param {Page} page
 */
async function begin(page) {
  await page.getByRole('button', { name: /Fashion-MNIST.*ready/ }).waitFor({ timeout: PATIENCE });
  await page.getByRole('button', { name: 'Outline: Pullover' }).click();
  await page.getByText('A network trained in advance answers').waitFor({ timeout: PATIENCE });
  await page.evaluate(() => window.latency.start());
}

/**
 * Draws a straight line over an outline.
 *
 * @param {Page} page
 * @param {number} index
 * @param {number} [pause] milliseconds between the pen's first touch and the line
 */
async function line(page, index, pause = 0) {
  const to = await lowerPen(page, index);
  await page.waitForTimeout(pause);
  await page.mouse.move(...to);
  const time = await page.evaluate(() => window.latency.next());
  await page.mouse.up();
  return time;
}

/**
 * Draws the same line as quickly as the browser takes its pieces, and waits for the last answer.
 *
 * @param {Page} page
 * @param {number} index
 */
async function stroke(page, index) {
  await page.mouse.move(...(await lowerPen(page, index)), { steps: 40 });
  const time = await page.evaluate(() => window.latency.last());
  await page.mouse.up();
  return time;
}

/**
 * Puts the pen down on a fresh outline, and returns where it is to go: somewhere else on the cloth, so that every piece of
 * the line shows.
 *
 * @param {Page} page
 * @param {number} index
 */
async function lowerPen(page, index) {
  await page.getByRole('button', { name: 'Outline: Pullover' }).click();
  const box = await page.getByLabel('Drawing pad', { exact: true }).boundingBox();
  if (box === null) throw new Error('The pad is not on the page.');
  const down = 0.4 + 0.3 * ((index * 0.618) % 1);
  const at = (/** @type {number} */ across) =>
    /** @type {const} */ ([box.x + across * box.width, box.y + down * box.height]);
  await page.mouse.move(...at(0.35));
  await page.mouse.down();
  await page.evaluate((rest) => window.latency.rest(rest), REST);
  return at(0.65);
}
