import { type Code, i32, type Local, loop, sequence, when } from '../code.ts';
import type { KernelContext } from '../kernel.ts';

/** What a kernel must know of windows that slide over images: extents in pixels, and zeros above and left. */
export const WINDOW = [
  ...(['height', 'width', 'channels', 'outHeight', 'outWidth'] as const),
  ...(['size', 'strides', 'padTop', 'padLeft'] as const),
] as const;

type WindowField = (typeof WINDOW)[number];

/** The current window of `forEachWindow`. */
export interface AtWindow {
  readonly channel: Local;
  /** The address of the channel in the current pixel of `eachPixel`. */
  readonly at: Local;
  /** The number of pixels of the window that lie inside the image. */
  readonly pixels: Code;
  /** Runs code for each pixel of the window that lies inside the image, row by row. */
  eachPixel(code: Code): Code;
}

type PoolContext = KernelContext<WindowField, never>;

/** Runs code for each window of an image, row by row. `image`: the address of its first pixel. */
export function forEachWindow({ fields, scope }: PoolContext, image: Local, write: (window: AtWindow) => Code): Code {
  const { height, width, channels, outHeight, outWidth, size, strides, padTop, padLeft } = fields;
  const int = () => scope.local('i32');
  const [outY, outX, channel, at] = [int(), int(), int(), int()];
  const [top, bottom, left, right] = [int(), int(), int(), int()];
  const [row, column] = [int(), int()];
  const [pixelBytes, first, skipped, isPair] = [int(), int(), int(), int()];
  const [rowCount, columnCount] = [i32.sub(bottom, top), i32.sub(right, left)];
  const nextPixel = at.increase(pixelBytes);
  const nextRow = at.increase(skipped);
  const eachPixel = (code: Code) => {
    const inRow = sequence(column.set(left), loop(column, right, 1, sequence(code, nextPixel)));
    const twice = sequence(code, nextPixel, code, nextPixel);
    return sequence(
      at.set(i32.add(first, i32.shl(channel, 2))),
      // Windows of 2x2 are by far the most frequent.
      when(
        isPair,
        sequence(twice, nextRow, twice),
        sequence(row.set(top), loop(row, bottom, 1, sequence(inRow, nextRow))),
      ),
    );
  };
  const range = (from: Local, to: Local, out: Local, pad: Local, extent: Local) =>
    sequence(
      from.set(i32.sub(i32.mul(out, strides), pad)),
      to.set(i32.add(from, size)),
      when(i32.lt(from, 0), from.set(0)),
      when(i32.gt(to, extent), to.set(extent)),
    );
  const pixels = i32.mul(rowCount, columnCount);
  const windows = sequence(
    range(left, right, outX, padLeft, width),
    first.set(i32.add(image, i32.mul(i32.add(i32.mul(top, width), left), pixelBytes))),
    skipped.set(i32.mul(i32.sub(width, columnCount), pixelBytes)),
    isPair.set(i32.and(i32.eq(rowCount, 2), i32.eq(columnCount, 2))),
    write({ channel, at, pixels, eachPixel }),
  );
  const rows = sequence(range(top, bottom, outY, padTop, height), outX.set(0), loop(outX, outWidth, 1, windows));
  return sequence(pixelBytes.set(i32.shl(channels, 2)), outY.set(0), loop(outY, outHeight, 1, rows));
}

/** Bytes of an image of those extents. */
export function pixelsBytes(
  fields: Readonly<Record<WindowField, Local>>,
  height: WindowField,
  width: WindowField,
): Code {
  return i32.mul(i32.mul(fields[height], fields[width]), i32.shl(fields.channels, 2));
}
