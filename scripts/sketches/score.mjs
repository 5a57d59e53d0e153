import { load } from '../setup/load.mjs';
import { predict } from './page.mjs';

/** @typedef {{ drawings: number, first: number, topTwo: number }} Score how many drawings have their class where */
/** @typedef {Score & { name: string, answers: string[] }} Row of a class; `answers`: what its drawings were taken for */

/**
 * How the network that ships with the app does on drawings.
 * @param {string} root the project's folder
 * @param {import('playwright').Page} page
 * @param {import('../setup/worker-page.mjs').Place} place
 * @returns {Promise<{ rows: Row[], total: Score }>}
 */
export async function scoreOfSketches(root, page, place) {
  /** @type {typeof import('../../tests/fixtures/sketches/drawings.ts')} */
  const { sketches, seenSketch, placeOf } = await load(root, 'tests/fixtures/sketches/drawings.ts');
  /** @type {typeof import('../../src/datasets/fashion-mnist/spec.ts')} */
  const { FASHION_MNIST: dataset } = await load(root, 'src/datasets/fashion-mnist/spec.ts');
  const drawn = sketches();
  const images = drawn.map((sketch) => [...seenSketch(sketch)]);
  const answers = await page.evaluate(predict, { ...place, dataset, images });
  const places = drawn.map(({ label }, i) => ({
    label,
    place: placeOf(answers[i] ?? [], label),
    answer: dataset.classes[answers[i]?.indexOf(Math.max(...(answers[i] ?? []))) ?? 0] ?? '',
  }));
  const rows = dataset.classes.map((name, label) => {
    const own = places.filter((found) => found.label === label);
    return { name, ...score(own), answers: own.map(({ answer }) => answer) };
  });
  return { rows, total: score(places) };
}

/**
 * @param {readonly { place: number }[]} places
 * @returns {Score}
 */
function score(places) {
  const within = (/** @type {number} */ most) => places.filter(({ place }) => place <= most).length;
  return { drawings: places.length, first: within(1), topTwo: within(2) };
}
