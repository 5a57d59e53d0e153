import { bulk, type Code, i32, type Local, loop, sequence, when } from '../code.ts';
import type { KernelContext } from '../kernel.ts';
import { ownScratch } from './place.ts';
import { TILE_ROWS } from './product.ts';
import { type Extent, REACH, TILE } from './winograd-lines.ts';
import { PIXELS } from './winograd-pixels.ts';

/** Products of a tile. */
export const POINTS = REACH ** 2;

/** The most tiles of a chunk: their transforms stay in the cache, and the kernel is read once for all of them. */
export const MOST_TILES = 4 * TILE_ROWS;

/** Scratch memory for a table of addresses. */
export const TABLE_BYTES = 192;

/**
 * Tiles of images: their extents, how tiles are counted, the extent of the last ones down and across (4 if they are like all others), and scratch memory
 * of each thread for a table of addresses.
 */
export const TABLE = [
  ...(['x', 'height', 'width', 'pixelBytes', 'y', 'outHeight', 'outWidth', 'outPixelBytes'] as const),
  ...(['padTop', 'padLeft', 'tilesAcross', 'tilesPerImage', 'tilesAtOnce', 'short'] as const),
  ...(['scratch', 'scratchBytes', 'outside', 'outsideBytes'] as const),
] as const;

type TableContext<Field extends string> = KernelContext<(typeof TABLE)[number] | Field, never>;

/** The sides of a convolution: what the window reads, and what it writes. */
type Side = 'input' | 'output';

/** A tile that is being visited. */
interface VisitedTile {
  /** Its number, from 0 for the first that is visited. */
  readonly index: Code;
  /** Whether it is a short one, at the lower and at the right edge. */
  readonly isLow: Local;
  readonly isRight: Local;
  /** Runs what is written for the tile's extents. */
  byExtents(write: (height: Extent, width: Extent) => Code): Code;
}

/** Writes the loops over tiles down. */
export function tileWriter<Field extends string>({ fields, scope, module }: TableContext<Field>) {
  const { x, height, width, pixelBytes, y, outHeight, outWidth, outPixelBytes, padTop, padLeft } = fields;
  const { tilesAcross, tilesPerImage, short, scratch, outside } = fields;
  const [tile, image, top, left] = [scope.local('i32'), scope.local('i32'), scope.local('i32'), scope.local('i32')];
  const [isLow, isRight] = [scope.local('i32'), scope.local('i32')];
  const pixels = module.use(PIXELS);
  const place = sequence(
    image.set(i32.div(tile, tilesPerImage)),
    left.set(i32.sub(tile, i32.mul(image, tilesPerImage))),
    top.set(i32.div(left, tilesAcross)),
    left.set(i32.shl(i32.sub(left, i32.mul(top, tilesAcross)), 2)),
    top.set(i32.shl(top, 2)),
    isLow.set(i32.and(i32.lt(short, TILE), i32.ge(i32.add(top, TILE), outHeight))),
    isRight.set(i32.and(i32.lt(short, TILE), i32.ge(i32.add(left, TILE), outWidth))),
  );
  const byExtents = (write: (height: Extent, width: Extent) => Code) => {
    const upTo = (extent: Extent) =>
      when(
        isLow,
        when(isRight, write(extent, extent), write(extent, TILE)),
        when(isRight, write(TILE, extent), write(TILE, TILE)),
      );
    return when(i32.eq(short, 2), upTo(2), upTo(3));
  };
  const table = (side: Side) =>
    side === 'input'
      ? pixels({
          ...{ table: scratch, extent: REACH, height, width, pixelBytes, outside },
          image: i32.add(x, i32.mul(image, i32.mul(i32.mul(height, width), pixelBytes))),
          top: i32.sub(top, padTop),
          left: i32.sub(left, padLeft),
        })
      : pixels({
          ...{ table: scratch, extent: TILE, height: outHeight, width: outWidth, pixelBytes: outPixelBytes, outside },
          image: i32.add(y, i32.mul(image, i32.mul(i32.mul(outHeight, outWidth), outPixelBytes))),
          top,
          left,
        });
  /** Does something at each tile from `first` on, after writing the addresses of its pixels down. */
  return (first: Local, last: Local, side: Side, body: (tile: VisitedTile) => Code) => {
    const visited = { index: i32.sub(tile, first), isLow, isRight, byExtents };
    return sequence(tile.set(first), loop(tile, last, 1, sequence(place, table(side), body(visited))));
  };
}

/** Makes addresses of what is in scratch memory, `places` included, and clears what stands for pixels outside. */
export function openTable<Field extends string>(context: TableContext<Field>, places: readonly Local[] = []): Code {
  const { scratch, outside, outsideBytes } = context.fields;
  return sequence(
    ownScratch(context),
    ...[outside, ...places].map((place) => place.increase(scratch)),
    bulk.zero(outside, outsideBytes),
  );
}
