/** @typedef {{ mean: readonly number[], deviation: readonly number[], changed: number, area: number, least: number, most: number }} Moments */

/**
 * What a program did, as run.py writes it.
 * @typedef {object} Done
 * @property {number[]} rates
 * @property {number[]} losses
 * @property {number[]} validation
 * @property {number[][]} weights
 * @property {Record<string, number>} start
 * @property {Moments | null} variation
 * @property {number[] | null} logits before the first step
 */

/** How far the facts may be apart. Rates: of the largest one; weights: of the way that they went; losses: as numbers. */
const TOLERANCE = { rate: 2e-6, weights: 2e-3, loss: 2e-4, logit: 1e-4, start: 0.12, moment: 0.05, share: 0.05 };

/**
 * Where a program differs from the app; empty where it does not.
 * @param {import('./prepare.mjs').Prepared} prepared
 * @param {import('./prepare.mjs').Tool} tool
 * @param {Done} done
 * @returns {readonly string[]}
 */
export function differences({ fact, courses, trainable, start, variation, logits }, tool, done) {
  if (fact === 'beginning') return logitDifferences(logits, done.logits);
  if (fact === 'start') return startDifferences(start, Object.values(done.start));
  if (fact === 'variation')
    return variation && done.variation ? variationDifferences(variation, done.variation) : ['not varied'];
  const course = courses?.[tool];
  if (!course) return ['not trained'];
  return [
    ...rateDifferences(course.rates, done.rates),
    ...lossDifferences(course.validation, done.validation),
    ...weightDifferences(course, done.weights, trainable),
  ];
}

/** @type {(app: readonly number[], program: readonly number[]) => readonly string[]} */
function rateDifferences(app, program) {
  if (app.length !== program.length) return [`${program.length} steps, not ${app.length}`];
  const peak = Math.max(...app);
  const wrong = app.findIndex((rate, step) => !(Math.abs(rate - (program[step] ?? 0)) <= TOLERANCE.rate * peak));
  return wrong < 0 ? [] : [`rate ${text(program[wrong])} at step ${wrong}, not ${text(app[wrong])}`];
}

/** @type {(app: readonly number[], program: readonly number[]) => readonly string[]} */
function lossDifferences(app, program) {
  if (app.length !== program.length) return [`${program.length} epochs validated, not ${app.length}`];
  const wrong = app.findIndex((loss, epoch) => !(Math.abs(loss - (program[epoch] ?? 0)) <= TOLERANCE.loss));
  return wrong < 0 ? [] : [`validation loss ${text(program[wrong])} in epoch ${wrong + 1}, not ${text(app[wrong])}`];
}

/**
 * Only weights that are trained: PyTorch keeps another running variance, and its programs say so.
 * @param {import('./reference.mjs').Course} app
 * @param {readonly (readonly number[])[]} program
 * @param {readonly boolean[]} trainable
 * @returns {readonly string[]}
 */
function weightDifferences({ start, weights }, program, trainable) {
  const distance = (/** @type {readonly ArrayLike<number>[]} */ others) =>
    Math.hypot(
      ...weights.flatMap((values, i) =>
        trainable[i] ? Array.from(values, (value, j) => value - (others[i]?.[j] ?? 0)) : [],
      ),
    );
  const apart = distance(program) / distance(start);
  return apart <= TOLERANCE.weights ? [] : [`weights apart by ${text(apart)} of their way`];
}

/** @type {(app: Readonly<Record<string, number>>, program: readonly number[]) => readonly string[]} */
function startDifferences(app, program) {
  return Object.entries(app).flatMap(([name, deviation], i) => {
    const ratio = (program[i] ?? 0) / deviation;
    return Math.abs(ratio - 1) <= TOLERANCE.start ? [] : [`${name} starts ${text(ratio)} times as far`];
  });
}

/** @type {(app: readonly number[], program: readonly number[] | null) => readonly string[]} */
function logitDifferences(app, program) {
  if (program?.length !== app.length) return [`${program?.length ?? 0} logits, not ${app.length}`];
  const wrong = app.findIndex((logit, i) => !(Math.abs(logit - (program[i] ?? 0)) <= TOLERANCE.logit));
  return wrong < 0 ? [] : [`logit ${text(program[wrong])} before the first step, not ${text(app[wrong])}`];
}

/** @type {(app: Moments, program: Moments) => readonly string[]} */
function variationDifferences(app, program) {
  const share = (/** @type {'changed' | 'area' | 'least' | 'most'} */ name) =>
    Math.abs(app[name] - program[name]) <= TOLERANCE.share
      ? []
      : [`${name} ${text(program[name])}, not ${text(app[name])}`];
  const moment = (/** @type {'mean' | 'deviation'} */ name) => {
    const apart = app[name].map((value, i) => Math.abs(value - (program[name][i] ?? 0)));
    const most = Math.max(...apart);
    return most <= TOLERANCE.moment ? [] : [`${name} of pixel ${apart.indexOf(most)} apart by ${text(most)}`];
  };
  return [
    ...share('changed'),
    ...share('area'),
    ...share('least'),
    ...share('most'),
    ...moment('mean'),
    ...moment('deviation'),
  ];
}

/** @type {(value: number | undefined) => string} */
function text(value) {
  return value === undefined ? 'none' : String(Number(value.toPrecision(4)));
}
