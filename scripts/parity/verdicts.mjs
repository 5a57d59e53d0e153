/** How far from float64 a loss may be where the limit is a number. */
export const FIXED_LIMIT = 1e-5;

/** How often PyTorch's own distance in float32 a loss may be away where that is the limit. */
export const TIMES_TORCH = 2;

/** @typedef {'fixed' | 'besideTorch'} LimitKind */

/**
 * What one engine came to, from one seed or several. `torch` is how far PyTorch is in float32 from the same seeds in as many steps.
 * @typedef {{ steps: number, distances: readonly number[], torch: readonly number[], isRecorded: boolean } | { error: string }} Outcome
 */

/**
 * A row of the table: a case in its first steps.
 * @typedef {object} Row
 * @property {string} id
 * @property {string} title
 * @property {LimitKind} limit
 * @property {number} steps
 * @property {readonly number[]} torch PyTorch's own distances in float32, by seed
 * @property {Readonly<Record<string, Outcome>>} outcomes by engine; those that were not asked are missing
 */

/**
 * The largest distance of two courses of losses, step by step.
 * @param {readonly number[]} losses
 * @param {readonly number[]} reference
 * @returns {number} infinite where one has another length, or is no number.
 */
export function distanceOf(losses, reference) {
  if (losses.length !== reference.length || losses.length === 0) return Number.POSITIVE_INFINITY;
  const apart = losses.map((loss, step) => Math.abs(loss - (reference[step] ?? Number.NaN)));
  return apart.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...apart);
}

/**
 * The median of distances, and the least and the greatest of them.
 * @param {readonly number[]} distances
 * @returns {{ median: number, least: number, greatest: number }} infinite where there are none.
 */
export function spreadOf(distances) {
  const sorted = distances.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ place) => sorted[Math.floor(place)] ?? Number.POSITIVE_INFINITY;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(middle) + at(middle + 0.5)) / 2,
    least: at(0),
    greatest: at(sorted.length - 1),
  };
}

/**
 * The median distance that a case allows: a number, or twice PyTorch's own, but never less than that number.
 * @param {LimitKind} limit
 * @param {readonly number[]} torch PyTorch's own distances in float32, by seed
 * @returns {number}
 */
export function limitOf(limit, torch) {
  return limit === 'fixed' ? FIXED_LIMIT : Math.max(FIXED_LIMIT, TIMES_TORCH * spreadOf(torch).median);
}

/**
 * What is wrong about a row: a sentence for each engine that is too far away or failed; none where nothing is.
 * @param {Row} row
 * @returns {readonly string[]}
 */
export function faultsOf({ title, limit, outcomes }) {
  return Object.entries(outcomes).flatMap(([engine, outcome]) => {
    if ('error' in outcome) return [`${title}, ${engine}: ${outcome.error}`];
    const { median } = spreadOf(outcome.distances);
    const allowed = limitOf(limit, outcome.torch);
    const place = `${title}, ${engine}, ${outcome.steps} steps`;
    // Infinite distances of PyTorch itself allow nothing.
    const isNear = Number.isFinite(median) && median <= allowed;
    return isNear ? [] : [`${place}: ${scientific(median)} from float64, more than ${scientific(allowed)}`];
  });
}

/**
 * A number as `3.2e-7`.
 * @param {number} value
 * @returns {string}
 */
export function scientific(value) {
  return value === Number.POSITIVE_INFINITY ? 'not a number' : value.toExponential(1);
}

/**
 * The table in Markdown.
 * @param {readonly Row[]} rows
 * @param {readonly (readonly [id: string, title: string])[]} engines
 * @returns {string}
 */
export function markdownTable(rows, engines) {
  const heading = [
    'Case',
    'Steps',
    'Seeds',
    'Limit',
    'PyTorch float32',
    ...engines.map(([, title]) => title),
    'Verdict',
  ];
  const lines = rows.map((row) => {
    const cells = engines.map(([id]) => cellOf(row, row.outcomes[id]));
    const verdict = faultsOf(row).length === 0 ? 'within' : '**too far**';
    const { title, steps, torch, limit } = row;
    const limits = [scientific(limitOf(limit, torch)), spreadText(torch)];
    return [title, String(steps), String(torch.length), ...limits, ...cells, verdict];
  });
  const rule = heading.map((_, column) => (column === 0 || column === heading.length - 1 ? '---' : '---:'));
  return [heading, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * @param {Row} row
 * @param {Outcome | undefined} outcome
 * @returns {string}
 */
function cellOf({ steps }, outcome) {
  if (outcome === undefined) return '';
  if ('error' in outcome) return 'failed';
  const fewer = outcome.steps === steps ? '' : `, ${outcome.steps} steps`;
  return `${spreadText(outcome.distances)}${fewer}${outcome.isRecorded ? '' : ' (tape)'}`;
}

/**
 * @param {readonly number[]} distances
 * @returns {string} the median; of several distances with the least and the greatest.
 */
function spreadText(distances) {
  const { median, least, greatest } = spreadOf(distances);
  const spread = distances.length > 1 ? ` (${scientific(least)} ... ${scientific(greatest)})` : '';
  return `${scientific(median)}${spread}`;
}
