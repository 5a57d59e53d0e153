/** @typedef {import('playwright').Page} Page */

/** Milliseconds after the last stroke at which the training images are searched: see `use-closeness.ts`. */
const REST = 800;
/** Milliseconds that a search may take, over which strokes are spread. */
const SEARCH = 600;
/** Milliseconds for the data to arrive and for a training to begin, also on a machine without a GPU. */
const PATIENCE = 240_000;

/**
 * When strokes are timed: `measure` gives milliseconds from a touch of the pad until the bars that answer it were painted.
 *
 * @type {readonly { name: string, measure: (page: Page, strokes: number) => Promise<number[]> }[]}
 */
export const SITUATIONS = [
  {
    name: 'one touch after another',
    async measure(page, strokes) {
      await begin(page);
      return timesOf(strokes, (i) => touch(page, i));
    },
  },
  {
    name: 'at the end of a quick stroke',
    async measure(page, strokes) {
      await begin(page);
      return timesOf(strokes, (i) => quickStroke(page, i));
    },
  },
  {
    name: 'while the nearest images are searched',
    async measure(page, strokes) {
      await begin(page);
      return timesOf(strokes, async (i) => {
        await page.waitForTimeout(REST + (SEARCH * i) / strokes);
        return touch(page, i);
      });
    },
  },
  {
    name: 'while a network trains',
    async measure(page, strokes) {
      await begin(page);
      await page.mouse.up();
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText('Run 1 answers').waitFor({ timeout: PATIENCE });
      await lowerPen(page);
      return timesOf(strokes, (i) => touch(page, i));
    },
  },
];

/**
 * @param {number} count
 * @param {(index: number) => Promise<number>} stroke
 * @returns {Promise<number[]>}
 */
async function timesOf(count, stroke) {
  const times = [];
  for (let i = 0; i < count; i++) times.push(await stroke(i));
  return times;
}

/**
 * Waits until all data is there and a network answers, and puts the pen down on an outline.
 *
 * @param {Page} page
 */
async function begin(page) {
  await page.getByRole('button', { name: /Fashion-MNIST.*ready/ }).waitFor({ timeout: PATIENCE });
  await page.getByRole('button', { name: 'Outline: Pullover' }).click();
  await page.getByText('A network trained in advance answers').waitFor({ timeout: PATIENCE });
  await page.evaluate(() => window.latency.start());
  await lowerPen(page);
}

/** @param {Page} page */
async function lowerPen(page) {
  await page.mouse.move(...(await placeOf(page, 0)));
  await page.mouse.down();
  await page.evaluate(() => window.latency.last(300));
}

/**
 * Draws a line, and waits for the answer.
 *
 * @param {Page} page
 * @param {number} index
 */
async function touch(page, index) {
  await takeTool(page, index);
  await page.mouse.move(...(await placeOf(page, index + 1)));
  return page.evaluate(() => window.latency.next());
}

/**
 * Draws a line in many pieces, as quickly as the browser takes them, and waits for the last answer.
 *
 * @param {Page} page
 * @param {number} index
 */
async function quickStroke(page, index) {
  await takeTool(page, index);
  await page.mouse.move(...(await placeOf(page, index + 1)), { steps: 40 });
  return page.evaluate(() => window.latency.last(300));
}

/**
 * Brush and eraser in turns, so that every line changes the drawing.
 *
 * @param {Page} page
 * @param {number} index
 */
async function takeTool(page, index) {
  await page.keyboard.press(index % 2 === 0 ? 'b' : 'e');
}

/**
 * Places spread over the garment, the same in every run.
 *
 * @param {Page} page
 * @param {number} index
 * @returns {Promise<[x: number, y: number]>}
 */
async function placeOf(page, index) {
  const box = await page.getByLabel('Drawing pad', { exact: true }).boundingBox();
  if (box === null) throw new Error('The pad is not on the page.');
  const spread = (/** @type {number} */ ratio) => 0.2 + 0.6 * ((index * ratio) % 1);
  return [box.x + box.width * spread(0.618), box.y + box.height * spread(0.755)];
}
