/** The size of a texture: `layers` planes of `height` rows of `width` texels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
  readonly layers: number;
}

/** A rectangle of texels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * How rows or columns lie in a texture that is not as tall or as wide as they are many: cut into blocks of `size`, those of rows side by side, those of
 * columns below each other. Kernels go on counting as if the texture were as large; `kernel.ts` translates.
 */
export interface Fold {
  readonly cut: 'rows' | 'columns';
  readonly size: number;
  /** What is cut. */
  readonly width: number;
  readonly height: number;
}

/** How a texture of this size is folded where none may be wider or taller than `maxSize`; null where it need not be. */
export function foldOf({ width, height }: Extent, maxSize: number): Fold | null {
  const [cut, length] = height > maxSize ? (['rows', height] as const) : (['columns', width] as const);
  if (length <= maxSize) return null;
  return { cut, size: Math.ceil(length / Math.ceil(length / maxSize)), width, height };
}

/** The size of the texture that is made for one of this size. */
export function foldedExtent(extent: Extent, maxSize: number): Extent {
  const fold = foldOf(extent, maxSize);
  if (fold === null) return extent;
  const { cut, size, width, height } = fold;
  const { layers } = extent;
  if (cut === 'rows') return { width: width * Math.ceil(height / size), height: size, layers };
  return { width: size, height: height * Math.ceil(width / size), layers };
}

/** Whether there is a texture for this size. */
export function fits(extent: Extent, maxSize: number): boolean {
  const { width, height } = foldedExtent(extent, maxSize);
  return Math.max(width, height) <= maxSize;
}

/** A part of an area, and where it lies in the texture. */
interface Piece {
  readonly part: Area;
  readonly x: number;
  readonly y: number;
}

/** An area in the pieces in which it lies in a texture. */
export function piecesOf(fold: Fold | null, area: Area): readonly Piece[] {
  if (fold === null) return [{ part: area, x: area.x, y: area.y }];
  const { cut, size, width, height } = fold;
  const [start, length] = cut === 'rows' ? [area.y, area.height] : [area.x, area.width];
  const pieces: Piece[] = [];
  for (let from = start; from < start + length; from = nextBlock(from, size)) {
    const block = Math.floor(from / size);
    const count = Math.min(nextBlock(from, size), start + length) - from;
    if (cut === 'rows') {
      pieces.push({ part: { ...area, y: from, height: count }, x: block * width + area.x, y: from % size });
    } else {
      pieces.push({ part: { ...area, x: from, width: count }, x: from % size, y: block * height + area.y });
    }
  }
  return pieces;
}

function nextBlock(from: number, size: number): number {
  return (Math.floor(from / size) + 1) * size;
}

/** GLSL: where column `x`, row `y` of what is cut lies. */
export function foldedPlace({ cut, size, width, height }: Fold, x: string, y: string): string {
  if (cut === 'rows') return `${x} + ${y} / ${size} * ${width}, ${y} % ${size}`;
  return `${x} % ${size}, ${y} + ${x} / ${size} * ${height}`;
}

/** GLSL: the column and row that lie at `x`, `y` of the texture. */
export function unfoldedPlace({ cut, size, width, height }: Fold, x: string, y: string): string {
  if (cut === 'rows') return `${x} % ${width}, ${y} + ${x} / ${width} * ${size}`;
  return `${x} + ${y} / ${height} * ${size}, ${y} % ${height}`;
}
