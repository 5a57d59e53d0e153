/** How far from float64 a loss may be where the limit is a number. */
export const FIXED_LIMIT = 1e-5;

/** How often PyTorch's own distance in float32 a loss may be away where that is the limit. */
export const TIMES_TORCH = 2;

/**
 * What one engine came to.
 * @typedef {{ distance: number, isRecorded: boolean } | { error: string }} Outcome
 */

/**
 * A row of the table.
 * @typedef {object} Row
 * @property {string} id
 * @property {string} title
 * @property {number} limit
 * @property {number} torch PyTorch's own distance in float32
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
 * The distance that a case allows: a number, or twice PyTorch's own, but never less than that number.
 * @param {'fixed' | 'besideTorch'} limit
 * @param {number} torch PyTorch's own distance in float32
 * @returns {number}
 */
export function limitOf(limit, torch) {
  return limit === 'fixed' ? FIXED_LIMIT : Math.max(FIXED_LIMIT, TIMES_TORCH * torch);
}

/**
 * What is wrong about a row: a sentence for each engine that is too far away or failed; none where nothing is.
 * @param {Row} row
 * @returns {readonly string[]}
 */
export function faultsOf({ title, limit, outcomes }) {
  return Object.entries(outcomes).flatMap(([engine, outcome]) => {
    if ('error' in outcome) return [`${title}, ${engine}: ${outcome.error}`];
    const { distance } = outcome;
    return distance <= limit
      ? []
      : [`${title}, ${engine}: ${scientific(distance)} from float64, more than ${scientific(limit)}`];
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
 * The table in Markdown: a row for each case.
 * @param {readonly Row[]} rows
 * @param {readonly (readonly [id: string, title: string])[]} engines
 * @returns {string}
 */
export function markdownTable(rows, engines) {
  const heading = ['Case', 'Limit', 'PyTorch float32', ...engines.map(([, title]) => title), 'Verdict'];
  const lines = rows.map((row) => {
    const cells = engines.map(([id]) => cellOf(row.outcomes[id]));
    const verdict = faultsOf(row).length === 0 ? 'within' : '**too far**';
    return [row.title, scientific(row.limit), scientific(row.torch), ...cells, verdict];
  });
  const rule = heading.map((_, column) => (column === 0 || column === heading.length - 1 ? '---' : '---:'));
  return [heading, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * @param {Outcome | undefined} outcome
 * @returns {string}
 */
function cellOf(outcome) {
  if (outcome === undefined) return '';
  if ('error' in outcome) return 'failed';
  return `${scientific(outcome.distance)}${outcome.isRecorded ? '' : ' (tape)'}`;
}
