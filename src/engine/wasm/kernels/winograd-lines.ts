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
  readonly inputs: number;
  readonly outputs: number;
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

/** Inputs to what is multiplied. */
export const INPUT_LINE: Line = {
  inputs: REACH,
  outputs: REACH,
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
  inputs: 3,
  outputs: REACH,
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
export const OUTPUT_LINE: Line = {
  inputs: REACH,
  outputs: TILE,
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
export const OUTPUT_GRADIENT_LINE: Line = {
  inputs: TILE,
  outputs: REACH,
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
  inputs: REACH,
  outputs: 3,
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
