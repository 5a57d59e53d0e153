/** Samples seen from the directions in which they differ most. */
export interface PrincipalComponents {
  /** Where each sample lies along each direction, from the mean of all: [n, directions]. */
  readonly points: Float32Array<ArrayBuffer>;
  /** The share of the variance of all values that lies along each direction, the greatest first. */
  readonly explained: readonly number[];
}

/** Directions that are followed beside those that are wanted: the more, the sooner the wanted ones settle. */
const BESIDE = 6;
const MOST_ROUNDS = 1000;
/** The relative change of a variance below which it has settled. */
const SETTLED = 1e-13;

/**
 * The first principal components of n samples, [n, width]: eigenvectors of their covariance, by subspace iteration with
 * Rayleigh-Ritz, to the precision of the values. Each direction points to where its largest part is positive.
 */
export function principalComponents(values: Float32Array, width: number, directions = 2): PrincipalComponents {
  const n = values.length / width;
  const rows = centred(values, width);
  const count = Math.min(width, directions + BESIDE);
  let basis = orthonormal(
    Array.from({ length: count }, (_, k) =>
      Float64Array.from({ length: width }, (_, i) => Math.sin(1 + i * (k + 2) + k)),
    ),
  );
  let variances: readonly number[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const moved = basis.map((vector) => timesCovariance(rows, width, vector));
    const { values: found, vectors } = symmetricEigen(basis.map((one) => moved.map((other) => dot(one, other))));
    const settled = found
      .slice(0, directions)
      .every((variance, k) => Math.abs(variance - (variances[k] ?? 0)) <= SETTLED * Math.max(variance, 1e-300));
    basis = settled ? combined(basis, vectors) : orthonormal(combined(moved, vectors));
    variances = found;
    if (settled) break;
  }
  const axes = basis.slice(0, directions).map(pointedUp);
  const points = new Float32Array(n * directions);
  for (let row = 0; row < n; row++)
    axes.forEach((axis, k) => {
      points[row * directions + k] = dot(axis, rows.subarray(row * width, (row + 1) * width));
    });
  const total = dot(rows, rows) / n;
  return { points, explained: axes.map((_, k) => (total > 0 ? (variances[k] ?? 0) / total : 0)) };
}

function centred(values: Float32Array, width: number): Float32Array {
  const n = values.length / width;
  const mean = new Float64Array(width);
  values.forEach((value, i) => {
    mean[i % width] = (mean[i % width] ?? 0) + value / n;
  });
  return values.map((value, i) => value - (mean[i % width] ?? 0));
}

/** The covariance of rows times a vector, without the covariance itself: [width]. */
function timesCovariance(rows: Float32Array, width: number, vector: Float64Array): Float64Array {
  const n = rows.length / width;
  const product = new Float64Array(width);
  for (let start = 0; start < rows.length; start += width) {
    const row = rows.subarray(start, start + width);
    const along = dot(row, vector) / n;
    for (let i = 0; i < width; i++) product[i] = (product[i] ?? 0) + (row[i] ?? 0) * along;
  }
  return product;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Sums of vectors, one for each column of weights. */
function combined(vectors: readonly Float64Array[], columns: readonly (readonly number[])[]): Float64Array[] {
  return columns.map((column) =>
    (vectors[0] ?? new Float64Array()).map((_, i) =>
      vectors.reduce((sum, vector, k) => sum + (vector[i] ?? 0) * (column[k] ?? 0), 0),
    ),
  );
}

/** Gram-Schmidt, twice for precision. A vector that depends on those before it becomes 0. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    let rest = vector;
    for (const _pass of [1, 2])
      for (const one of basis) {
        const along = dot(rest, one);
        rest = rest.map((value, i) => value - along * (one[i] ?? 0));
      }
    const length = Math.sqrt(dot(rest, rest));
    basis.push(length > 1e-12 * Math.sqrt(dot(vector, vector)) ? rest.map((value) => value / length) : rest.fill(0));
  }
  return basis;
}

function pointedUp(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}

/** The eigenvalues of a small symmetric matrix, the greatest first, with their eigenvectors, by Jacobi rotations. */
function symmetricEigen(matrix: readonly (readonly number[])[]) {
  const size = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = matrix.map((_, k) => Float64Array.from({ length: size }, (_, i) => (i === k ? 1 : 0)));
  const get = (m: readonly Float64Array[], row: number, column: number) => m[row]?.[column] ?? 0;
  const set = (m: readonly Float64Array[], row: number, column: number, value: number) =>
    m[row]?.fill(value, column, column + 1);
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        const off = get(a, p, q);
        if (Math.abs(off) <= 1e-300) continue;
        const theta = (get(a, q, q) - get(a, p, p)) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const turn = (m: readonly Float64Array[], at: (k: number, i: number) => readonly [number, number]) => {
          for (let k = 0; k < size; k++) {
            const [x, y] = [get(m, ...at(k, p)), get(m, ...at(k, q))];
            set(m, ...at(k, p), c * x - t * c * y);
            set(m, ...at(k, q), t * c * x + c * y);
          }
        };
        turn(a, (k, i) => [k, i]);
        turn(a, (k, i) => [i, k]);
        turn(v, (k, i) => [k, i]);
      }
  }
  const order = matrix.map((_, k) => k).sort((x, y) => get(a, y, y) - get(a, x, x));
  return {
    values: order.map((k) => get(a, k, k)),
    vectors: order.map((k) => matrix.map((_, i) => get(v, i, k))),
  };
}
