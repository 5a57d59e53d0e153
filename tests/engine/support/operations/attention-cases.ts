import { caseOf, type OperationCase } from './given.ts';

const SWAPPED = [
  [1, 5, 7, 3],
  [6, 4, 9, 1],
  [3, 1, 5, 4],
].map(([outer = 0, rows = 0, columns = 0, inner = 0]) =>
  caseOf(`[${outer}, ${rows}, ${columns}, ${inner}]`, (given) => ({
    name: 'swapAxes',
    inputs: { x: given.noise('x', outer, rows, columns, inner) },
    outputs: { y: given.empty('y', outer, columns, rows, inner) },
    attributes: { outer, rows, columns, inner },
  })),
);

const ADDED = caseOf('each with the same values', (given) => ({
  name: 'addToRows',
  inputs: { x: given.noise('x', 9, 37), values: given.noise('values', 37) },
  outputs: { y: given.empty('y', 9, 37) },
  attributes: { rows: 9, columns: 37 },
}));

/** Samples, places, heads and numbers in a head: smaller than a tile, several tiles, and no multiple of one. */
const HEADS = [
  [1, 1, 1, 1],
  [3, 5, 2, 3],
  [2, 49, 4, 16],
  [2, 70, 3, 19],
] as const;

const ATTENTION = HEADS.flatMap(([batch, places, heads, size]) => {
  const title = `${batch} samples, ${places} places, ${heads} heads of ${size}`;
  const attributes = { batch, places, heads, size, scale: 1 / Math.sqrt(size) };
  const rows = [batch, places, heads, size];
  return [
    caseOf(title, (given) => ({
      name: 'headProducts',
      inputs: { a: given.noise('a', ...rows), b: given.noise('b', ...rows) },
      outputs: { weights: given.empty('weights', batch, heads, places, places) },
      attributes,
    })),
    ...[false, true].map((transposed) =>
      caseOf(`${title}${transposed ? ', transposed' : ''}`, (given) => ({
        name: 'headMixtures',
        inputs: { weights: given.noise('weights', batch, heads, places, places), x: given.noise('x', ...rows) },
        outputs: { y: given.empty('y', ...rows) },
        attributes: { ...attributes, transposed },
      })),
    ),
  ];
});

const NORMALIZED = [
  { rows: 33, channels: 7, scaled: true },
  { rows: 3, channels: 130, scaled: false },
].flatMap(({ rows, channels, scaled }) => {
  const title = `[${rows}, ${channels}]${scaled ? ' with factors' : ''}`;
  const attributes = { rows, channels, epsilon: 1e-3 };
  return [
    caseOf(title, (given) => ({
      name: 'normalizeRows',
      inputs: {
        x: given.some('x', [rows, channels], (value) => 3 + value),
        gamma: scaled ? given.noise('gamma', channels) : null,
        beta: scaled ? given.noise('beta', channels) : null,
      },
      outputs: { y: given.empty('y', rows, channels) },
      attributes,
    })),
    caseOf(title, (given) => ({
      name: 'normalizeRowsGradient',
      inputs: {
        x: given.some('x', [rows, channels], (value) => 3 + value),
        dy: given.noise('dy', rows, channels),
        gamma: scaled ? given.noise('gamma', channels) : null,
      },
      outputs: { dx: given.empty('dx', rows, channels), scaled: given.empty('scaled', rows, channels) },
      attributes,
    })),
  ];
});

const DROPPED = [null, 0, 0.7].map((instead) =>
  caseOf(
    instead === null ? 'its own rate' : `the rate ${instead} instead`,
    (given) => ({
      name: 'dropChannels',
      inputs: { x: given.noise('x', 5, 3, 4, 7) },
      outputs: { y: given.empty('y', 5, 3, 4, 7) },
      attributes: { images: { batch: 5, height: 3, width: 4, channels: 7 }, rate: 0.25, position: 2 },
    }),
    { dropout: instead },
  ),
);

/** Places of a sequence, and rows and channels as wholes. */
export const ATTENTION_CASES: readonly OperationCase[] = [...SWAPPED, ADDED, ...ATTENTION, ...NORMALIZED, ...DROPPED];
