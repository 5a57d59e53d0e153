/** One cell of a wall of images, in device pixels. */
export interface Slot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A wall of square places with gaps between them. All lengths in device pixels. */
export interface Wall {
  readonly width: number;
  readonly height: number;
  readonly slots: readonly Slot[];
}

/**
 * Cuts a width into columns of square places. Every edge lies on a whole pixel and the last column ends at the right edge,
 * so places may differ by one pixel, and images need no smoothing.
 */
export function wallOf(width: number, columns: number, count: number, gap: number): Wall {
  const pitch = (width + gap) / columns;
  const edge = (index: number) => Math.round(index * pitch);
  const slots = Array.from({ length: count }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const [left, top] = [edge(column), edge(row)];
    return { left, top, width: edge(column + 1) - gap - left, height: edge(row + 1) - gap - top };
  });
  return { width, height: Math.max(0, edge(Math.ceil(count / columns)) - gap), slots };
}

/** The middle of a place that an image takes up whole: all of the place where both are square. In whole pixels. */
export function fittedInto({ left, top, width, height }: Slot, image: Pick<Slot, 'width' | 'height'>): Slot {
  const longest = Math.max(image.width, image.height);
  const [across, down] = [Math.round((width * image.width) / longest), Math.round((height * image.height) / longest)];
  return {
    left: left + Math.floor((width - across) / 2),
    top: top + Math.floor((height - down) / 2),
    width: across,
    height: down,
  };
}
