/** @typedef {import('./results.mjs').Kept} Kept */

/**
 * Where a run goes on: what was kept of it, or null, and why it begins again, as a sentence, where it does although something was kept.
 *
 * @param {Kept | null} kept
 * @param {import('../../src/core/training/setup.ts').Setup} setup what is to be trained
 * @param {(checkpoint: unknown) => unknown} parse the app's own reader of checkpoints: null for what it cannot read
 * @returns {{ from: Kept | null, note: string }}
 */
export function goingOn(kept, setup, parse) {
  if (kept === null) return { from: null, note: '' };
  if (kept.setup !== undefined && !agrees(kept.setup, setupIn(setup)))
    return { from: null, note: 'begins again: its network or recipe has changed since' };
  if (kept.checkpoint !== null && parse(JSON.parse(kept.checkpoint, (_, value) => decoded(value))) === null)
    return { from: null, note: 'begins again: its checkpoint is of a form that the app does not read any more' };
  return { from: kept, note: `from epoch ${kept.epochs}` };
}

/**
 * What is kept of what is trained.
 *
 * @param {import('../../src/core/training/setup.ts').Setup} setup
 */
export function setupIn({ dataset, network, recipe }) {
  return { dataset: dataset.id, network, recipe };
}

/**
 * Whether a value has all that another one had. Options that the app has learned since do not count: left out, they change nothing.
 *
 * @param {any} before
 * @param {any} now
 * @returns {boolean}
 */
function agrees(before, now) {
  if (typeof before !== 'object' || before === null) return before === now;
  if (typeof now !== 'object' || now === null) return false;
  if (Array.isArray(before) && before.length !== now.length) return false;
  return Object.keys(before).every((key) => agrees(before[key], now[key]));
}

/**
 * The arrays of a checkpoint, which are text in its file.
 *
 * @param {any} value
 */
function decoded(value) {
  if (typeof value?.f32 !== 'string') return value;
  return new Float32Array(Uint8Array.from(Buffer.from(value.f32, 'base64')).buffer);
}
