import { median } from './statistics.mjs';
import { figure } from './table.mjs';

/** What the networks are called in the table. */
const NAMES = { A: 'Dense 784-512-10', B: "Ciutacu's CNN", C: "Elvland's VGG-like CNN", R: 'Small residual network' };

/** Who may be measured, in the order of a round. */
export const PARTICIPANTS = /** @type {const} */ (['wasm', 'tape', 'torch', 'oldTorch', 'webgl', 'stock']);

/** @typedef {typeof PARTICIPANTS[number]} Participant */

/**
 * A network at a batch size: the milliseconds of a step that everybody took, round by round.
 * @typedef {object} MeasuredCase
 * @property {string} case
 * @property {number} batch
 * @property {Readonly<Record<Participant, readonly number[]>>} ms empty for those that could not be measured
 * @property {Readonly<Record<string, string>>} settings of PyTorch, in words
 * @property {readonly string[]} failures
 */

/**
 * The table of the README in Markdown.
 * @param {readonly MeasuredCase[]} cases
 * @param {{ torch: string | null, oldTorch: string | null }} versions of PyTorch; null for one that is not there
 * @returns {string}
 */
export function wholeTable(cases, versions) {
  const native = /** @type {const} */ (['torch', 'oldTorch']).flatMap((which) => {
    const version = versions[which];
    return version === null ? [] : [{ which, version }];
  });
  const heading = [
    'Network',
    'Batch',
    'WebAssembly',
    'by the tape',
    ...native.flatMap(({ version }) => [`PyTorch ${version}`, 'WebAssembly / PyTorch']),
    'WebGL',
    'tfjs, WebGL',
    'times faster',
  ];
  const rows = cases.map(({ case: name, batch, ms }, i) => {
    const of = (/** @type {Participant} */ who) => median(ms[who]);
    return [
      cases[i - 1]?.case === name ? '' : (Object.entries(NAMES).find(([id]) => id === name)?.[1] ?? name),
      String(batch),
      figure(of('wasm')),
      figure(of('tape')),
      ...native.flatMap(({ which }) => [figure(of(which)), figure(of('wasm') / of(which))]),
      figure(of('webgl')),
      figure(of('stock')),
      figure(of('stock') / of('webgl')),
    ];
  });
  const rule = heading.map((_, column) => (column === 0 ? '---' : '---:'));
  return [heading, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Between these lines of the README stands what the command writes. */
const MARKS = /** @type {const} */ (['<!-- npm run bench -- --table -->', '<!-- end of the table -->']);

/**
 * A text with another content between the marks.
 * @param {string} text
 * @param {string} content
 * @returns {string}
 * @throws {Error} where it has no marks.
 */
export function withContent(text, content) {
  const [start, end] = MARKS.map((mark) => text.indexOf(mark));
  if (start === undefined || end === undefined || start < 0 || end < start) throw new Error('The README has no marks.');
  return `${text.slice(0, start)}${MARKS[0]}\n\n${content}\n\n${text.slice(end)}`;
}

/**
 * Whether another round may begin.
 * @param {{ done: number, rounds: number, elapsedMs: number, longestMs: number, minutes: number }} progress
 * @returns {boolean} true for the first round, however long it takes.
 */
export function mayBegin({ done, rounds, elapsedMs, longestMs, minutes }) {
  if (done === 0) return true;
  return done < rounds && elapsedMs + longestMs <= minutes * 60_000;
}
