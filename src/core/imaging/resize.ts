/**
 * How something of any size becomes an image of the data set: cut out, scaled until it fits into the image, and put in its
 * middle. Drawings and photos share it.
 */

/** A part of a picture, in its pixels; `right` and `bottom` are exclusive. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One channel of a picture: the value at (x, y) is `data[(y * width + x) * stride + channel]`. */
export interface Plane {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly stride: number;
  readonly channel: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The box in whole pixels once it is as large as fits into `frame`; no edge is shorter than a pixel. */
export function fittedSize({ left, top, right, bottom }: Box, frame: Size): Size {
  const [width, height] = [right - left, bottom - top];
  const scale = Math.min(frame.width / width, frame.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The part of a plane inside the box, scaled by averaging areas: [height, width]. */
export function scaled(plane: Plane, box: Box, { width, height }: Size): Float64Array {
  const [columns, rows] = [(box.right - box.left) / width, (box.bottom - box.top) / height];
  return Float64Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const [left, top] = [box.left + x * columns, box.top + y * rows];
    return areaMean(plane, { left, top, right: left + columns, bottom: top + rows });
  });
}

/**
 * Values [height, width] in the middle of an image of the size of `frame`: [frame.height, frame.width]. Where the margins
 * cannot be equal, the left and the upper one are a pixel wider.
 */
export function centred(
  values: ArrayLike<number>,
  { width, height }: Size,
  frame: Size,
  background: number,
): Float64Array {
  const [left, top] = [Math.ceil((frame.width - width) / 2), Math.ceil((frame.height - height) / 2)];
  return Float64Array.from({ length: frame.width * frame.height }, (_, i) => {
    const [x, y] = [(i % frame.width) - left, Math.floor(i / frame.width) - top];
    const isInside = x >= 0 && x < width && y >= 0 && y < height;
    return isInside ? (values[y * width + x] ?? 0) : background;
  });
}

/** The mean of a plane over a box of any fractions; pixels at its edge count by the part that lies inside. */
function areaMean({ data, width, stride, channel }: Plane, { left, top, right, bottom }: Box): number {
  let [sum, area] = [0, 0];
  for (let y = Math.floor(top); y < bottom; y++) {
    const rows = Math.min(y + 1, bottom) - Math.max(y, top);
    for (let x = Math.floor(left); x < right; x++) {
      const part = rows * (Math.min(x + 1, right) - Math.max(x, left));
      sum += part * (data[(y * width + x) * stride + channel] ?? 0);
      area += part;
    }
  }
  return sum / area;
}
