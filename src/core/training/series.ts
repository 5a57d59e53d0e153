/** A value a step. What is read from it never changes, so what was worked out from it may be kept. */
export type Series = Float32Array;

/** How many values of a buffer are written; more of it is room for those to come. */
const WRITTEN = new WeakMap<ArrayBufferLike, number>();

/** Room for at least so many values is made at a time. */
const LEAST_ROOM = 256;

/** A buffer that is full is replaced by one of so many times its length: larger would be quicker by little, and stand empty for longer. */
const GROWTH = 1.25;

/**
 * The first `at` values of a series, and `more` after them. Longer series look at one growing buffer, so that to append costs
 * about as much as what is appended, however long the series is. A series that was cut, or that another one
 * went on from before, is copied, so that no series changes. Where `at` lies behind its end, zeros fill the gap.
 */
export function appended(series: Series, at: number, more: Float32Array): Series {
  const length = at + more.length;
  const { buffer, byteOffset } = series;
  const goesOn = at === series.length && byteOffset === 0 && WRITTEN.get(buffer) === at;
  if (goesOn && 4 * length <= buffer.byteLength) return written(new Float32Array(buffer, 0, length), at, more);
  const grown = new Float32Array(Math.max(LEAST_ROOM, Math.ceil(GROWTH * length)));
  grown.set(series.subarray(0, at));
  return written(grown.subarray(0, length), at, more);
}

function written(series: Series, at: number, more: Float32Array): Series {
  series.set(more, at);
  WRITTEN.set(series.buffer, series.length);
  return series;
}

/**
 * The same values without the room for more. What is stored or sent must be compact, because a copy of a series is a copy of its
 * whole buffer.
 */
export function compact(series: Series): Series {
  return series.byteLength === series.buffer.byteLength ? series : series.slice();
}

/** Whether nothing has been appended to a series; one that was copied has a buffer of its own. */
export function isNewest(series: Series): boolean {
  return (WRITTEN.get(series.buffer) ?? series.length) === series.length;
}

/** Whether a series only ever grows: what was worked out from its values holds for whatever comes after them, too. */
export function isGrowing(series: Series): boolean {
  return WRITTEN.has(series.buffer);
}
