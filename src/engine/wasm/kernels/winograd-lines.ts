/**
 * Winograd's transforms of one axis for F(4, 3): four outputs of a window of three, from six inputs, by six products instead of
 * twelve. The points of interpolation are 0, infinity and +-a, +-b with a = sqrt(1/2), b = sqrt(2): with them the products round
 * half as much off as with the usual +-1, +-2.
 */

/** A term of a sum: a factor and the name of a value. */
export type Term = readonly [factor: number, name: string];

/** A name, and the sum that gives its value. */
export type Statement = readonly [name: string, ...terms: readonly Term[]];

/** Makes values r0, r1 ... of values d0, d1 ...; other names are in between. */
export interface Line {
  /** Numbers of the values that it reads, and of those that it makes. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly statements: readonly Statement[];
}

/** Outputs of a line, and the inputs that they are made of. */
export const TILE = 4;
export const REACH = 6;

const A = Math.SQRT1_2;
const B = Math.SQRT2;

/** The two values `even + factor * odd` and `even - factor * odd`. */
function pair(first: string, second: string, factor: number, even: string, odd: string): readonly Statement[] {
  return [
    [first, [1, even], [factor, odd]],
    [second, [1, even], [-factor, odd]],
  ];
}

const ALL = [0, 1, 2, 3, 4, 5];

/** Inputs to what is multiplied. */
const INPUT_LINE: Line = {
  inputs: ALL,
  outputs: ALL,
  statements: [
    ['r0', [1, 'd0'], [-2.5, 'd2'], [1, 'd4']],
    ['even', [1, 'd4'], [-2, 'd2']],
    ['odd', [1, 'd3'], [-2, 'd1']],
    ...pair('r1', 'r2', A, 'even', 'odd'),
    ['even', [1, 'd4'], [-0.5, 'd2']],
    ['odd', [1, 'd3'], [-0.5, 'd1']],
    ...pair('r3', 'r4', B, 'even', 'odd'),
    ['r5', [1, 'd1'], [-2.5, 'd3'], [1, 'd5']],
  ],
};

/** The filter to what is multiplied. */
export const KERNEL_LINE: Line = {
  inputs: [0, 1, 2],
  outputs: ALL,
  statements: [
    ['r0', [1, 'd0']],
    ['even', [-2 / 3, 'd0'], [-1 / 3, 'd2']],
    ...pair('r1', 'r2', (-2 / 3) * A, 'even', 'd1'),
    ['even', [1 / 6, 'd0'], [1 / 3, 'd2']],
    ...pair('r3', 'r4', B / 6, 'even', 'd1'),
    ['r5', [1, 'd2']],
  ],
};

/** Products to outputs. */
const OUTPUT_LINE: Line = {
  inputs: ALL,
  outputs: [0, 1, 2, 3],
  statements: [
    ['even', [1, 'd1'], [1, 'd2']],
    ['odd', [1, 'd1'], [-1, 'd2']],
    ['even2', [1, 'd3'], [1, 'd4']],
    ['odd2', [1, 'd3'], [-1, 'd4']],
    ['r0', [1, 'd0'], [1, 'even'], [1, 'even2']],
    ['r1', [A, 'odd'], [B, 'odd2']],
    ['r2', [0.5, 'even'], [2, 'even2']],
    ['r3', [1, 'd5'], [A / 2, 'odd'], [2 * B, 'odd2']],
  ],
};

/** The gradient by the outputs to the gradient by the products: OUTPUT_LINE the other way round. */
const OUTPUT_GRADIENT_LINE: Line = {
  inputs: [0, 1, 2, 3],
  outputs: ALL,
  statements: [
    ['r0', [1, 'd0']],
    ['even', [1, 'd0'], [0.5, 'd2']],
    ['odd', [1, 'd1'], [0.5, 'd3']],
    ...pair('r1', 'r2', A, 'even', 'odd'),
    ['even', [1, 'd0'], [2, 'd2']],
    ['odd', [1, 'd1'], [2, 'd3']],
    ...pair('r3', 'r4', B, 'even', 'odd'),
    ['r5', [1, 'd3']],
  ],
};

/** The gradient by the transformed filter to that by the filter: KERNEL_LINE the other way round. */
export const KERNEL_GRADIENT_LINE: Line = {
  inputs: ALL,
  outputs: [0, 1, 2],
  statements: [
    ['even', [1, 'd1'], [1, 'd2']],
    ['odd', [1, 'd1'], [-1, 'd2']],
    ['even2', [1, 'd3'], [1, 'd4']],
    ['odd2', [1, 'd3'], [-1, 'd4']],
    ['r0', [1, 'd0'], [-2 / 3, 'even'], [1 / 6, 'even2']],
    ['r1', [(-2 / 3) * A, 'odd'], [B / 6, 'odd2']],
    ['r2', [1, 'd5'], [-1 / 3, 'even'], [1 / 3, 'even2']],
  ],
};

/** The lines of a tile that change with its extent. */
interface TileLines {
  readonly input: Line;
  readonly output: Line;
  readonly outputGradient: Line;
}

/** Points that F(3, 3) takes: all but -b. */
const FOR_THREE = [0, 1, 2, 3, 5];

/** F(3, 3), for the last tile of an axis. Factors are such that the transformed filter is that of F(4, 3) without the point. */
const THREE: TileLines = {
  input: {
    inputs: [0, 1, 2, 3, 4],
    outputs: FOR_THREE,
    statements: [
      ['r0', [1, 'd0'], [-1 / B, 'd1'], [-2, 'd2'], [B, 'd3']],
      ['even', [1, 'd3'], [-1, 'd1']],
      ['odd', [1, 'd3'], [1, 'd1']],
      ['r1', [A + B, 'even'], [-1.5, 'd2']],
      ['r2', [B - A, 'odd'], [-1.5, 'd2']],
      ['r3', [2 * B, 'd3'], [-B, 'd1']],
      ['r5', [1, 'd4'], [-B, 'd3'], [-0.5, 'd2'], [B / 2, 'd1']],
    ],
  },
  output: {
    inputs: FOR_THREE,
    outputs: [0, 1, 2],
    statements: [
      ['even', [1, 'd1'], [1, 'd2']],
      ['odd', [1, 'd1'], [-1, 'd2']],
      ['r0', [1, 'd0'], [1, 'even'], [1, 'd3']],
      ['r1', [A, 'odd'], [B, 'd3']],
      ['r2', [1, 'd5'], [0.5, 'even'], [2, 'd3']],
    ],
  },
  outputGradient: {
    inputs: [0, 1, 2],
    outputs: FOR_THREE,
    statements: [
      ['r0', [1, 'd0']],
      ['even', [1, 'd0'], [0.5, 'd2']],
      ...pair('r1', 'r2', A, 'even', 'd1'),
      ['r3', [1, 'd0'], [B, 'd1'], [2, 'd2']],
      ['r5', [1, 'd2']],
    ],
  },
};

/** Points that F(2, 3) takes: 0, infinity and +-a. */
const FOR_TWO = [0, 1, 2, 5];

/** F(2, 3), in the same way. */
const TWO: TileLines = {
  input: {
    inputs: [0, 1, 2, 3],
    outputs: FOR_TWO,
    statements: [
      ['r0', [1, 'd0'], [-2, 'd2']],
      ['even', [-1.5, 'd2']],
      ...pair('r1', 'r2', -1.5 * A, 'even', 'd1'),
      ['r5', [1, 'd3'], [-0.5, 'd1']],
    ],
  },
  output: {
    inputs: FOR_TWO,
    outputs: [0, 1],
    statements: [
      ['odd', [1, 'd1'], [-1, 'd2']],
      ['r0', [1, 'd0'], [1, 'd1'], [1, 'd2']],
      ['r1', [1, 'd5'], [A, 'odd']],
    ],
  },
  outputGradient: {
    inputs: [0, 1],
    outputs: FOR_TWO,
    statements: [['r0', [1, 'd0']], ...pair('r1', 'r2', A, 'd0', 'd1'), ['r5', [1, 'd1']]],
  },
};

/** Outputs of a tile along an axis. */
export type Extent = 2 | 3 | typeof TILE;

/** The lines of tiles by their extent along an axis. */
export const TILE_LINES: Readonly<Record<Extent, TileLines>> = {
  2: TWO,
  3: THREE,
  [TILE]: { input: INPUT_LINE, output: OUTPUT_LINE, outputGradient: OUTPUT_GRADIENT_LINE },
};
