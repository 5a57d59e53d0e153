/** The images nearest to each of n others. */
export interface Neighbours {
  /** Images that were searched: the first ones of the training set. */
  readonly searched: number;
  /** Where the nearest images are in the training set, the nearest first: [n, k]. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** Their distances: the root of the mean squared difference of two values, of pixels 0 ... 255: [n, k]. */
  readonly distances: Float32Array<ArrayBuffer>;
}

/** The same with the classes of the images found. */
export interface LabelledNeighbours extends Neighbours {
  /** [n, k]. */
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** Images as rows of numbers: their pixels, or what a network makes of them. */
export type Rows = Uint8Array | Float32Array;

/** Values between two checks whether an image can still be among the nearest. */
const STRIDE = 112;

/**
 * The k nearest of the images seen so far to each of n images, by the squared difference of their values. Images come
 * in blocks, so that other work can be done between blocks. Of two at the same distance the first stays.
 */
export class NearestSearch {
  readonly #queries: Rows;
  readonly #width: number;
  readonly #count: number;
  readonly #k: number;
  /** Sorted for each query: [n, k]. */
  readonly #squares: Float64Array;
  readonly #indices: Uint32Array<ArrayBuffer>;
  #searched = 0;

  /** `queries`: [n, width], `k` from 1 on. */
  constructor(queries: Rows, k: number, width: number) {
    this.#queries = queries;
    this.#width = width;
    this.#count = queries.length / width;
    this.#k = k;
    this.#squares = new Float64Array(this.#count * k).fill(Number.POSITIVE_INFINITY);
    this.#indices = new Uint32Array(this.#count * k);
  }

  /** Looks at the next images: [count, width]. */
  add(images: Rows): void {
    for (let start = 0; start < images.length; start += this.#width) {
      for (let query = 0; query < this.#count; query++) this.#compare(query, images, start);
      this.#searched++;
    }
  }

  /** The nearest so far. With fewer than k images, or values that are not numbers, the last distances are infinite. */
  get result(): Neighbours {
    const distances = Float32Array.from(this.#squares, (square) => Math.sqrt(square / this.#width));
    return { searched: this.#searched, indices: this.#indices.slice(), distances };
  }

  #compare(query: number, images: Rows, start: number): void {
    const farthest = (query + 1) * this.#k - 1;
    const limit = this.#squares[farthest] ?? 0;
    const square = squaredDistance(this.#queries, query * this.#width, images, start, this.#width, limit);
    if (square < limit) this.#insert(query, square);
  }

  #insert(query: number, square: number): void {
    const first = query * this.#k;
    let place = first + this.#k - 1;
    for (; place > first && (this.#squares[place - 1] ?? 0) > square; place--) {
      this.#squares[place] = this.#squares[place - 1] ?? 0;
      this.#indices[place] = this.#indices[place - 1] ?? 0;
    }
    this.#squares[place] = square;
    this.#indices[place] = this.#searched;
  }
}

/** The sum of squared differences of two rows; of one that reaches the limit, only that it does. */
function squaredDistance(a: Rows, aStart: number, b: Rows, bStart: number, width: number, limit: number): number {
  let sum = 0;
  for (let block = 0; block < width && sum < limit; block += STRIDE) {
    const end = Math.min(block + STRIDE, width);
    for (let i = block; i < end; i++) {
      const difference = (a[aStart + i] ?? 0) - (b[bStart + i] ?? 0);
      sum += difference * difference;
    }
  }
  return sum;
}
