import { extentOf, type ImageLayout, isFlat, layoutOf } from './layout.ts';

/** A stack of images as an operation sees it: [batch, height, width, channels]. */
export type Seen = Pick<ImageLayout, 'batch' | 'height' | 'width' | 'channels'>;

/** How a texture in layout `from` can be read as such images without a draw; null where it cannot. */
export function viewedAs(from: ImageLayout, seen: Seen): ImageLayout | null {
  const same = (['batch', 'height', 'width', 'channels'] as const).every((axis) => from[axis] === seen[axis]);
  if (same) return from;
  const to = plain(seen);
  const [one, other] = [extentOf(from), extentOf(to)];
  if (from.ways !== 1 || one.width !== other.width || one.height !== other.height) return null;
  return from.channels === to.channels || (isFlat(from) && isFlat(to)) ? to : null;
}

/** The layouts between which values are copied to be seen as such images: the same values, of as many images. */
export function copied(from: ImageLayout, seen: Seen): { readonly source: ImageLayout; readonly to: ImageLayout } {
  const { batch } = seen;
  const rows = from.batch * from.height;
  // Images below each other are one image of more rows.
  if (rows % batch === 0) return { source: { ...from, batch, height: rows / batch }, to: plain(seen) };
  const height = (batch * seen.height) / from.batch;
  return { source: from, to: plain({ ...seen, batch: from.batch, height }) };
}

/** One pixel a texture column, in the order of the flattened image where channels come in fours. */
export function plain({ batch, height, width, channels }: Seen): ImageLayout {
  return layoutOf(batch, [height, width, channels]);
}
