import type { Sliding } from '../../step/images.ts';

/** WGSL of the place of value `i` in images: `channel`, `column`, `row` and `image`, all i32. */
export function placeOf({ height, width, channels }: Sliding['input']): string {
  return `let channel = i32(i) % ${channels};
  let column = i32(i) / ${channels} % ${width};
  let row = i32(i) / ${channels * width} % ${height};
  let image = i32(i) / ${channels * width * height};`;
}

/** WGSL of the index of a value in images, by i32 names of its row and column, in the same image and channel. */
export function indexOf({ height, width, channels }: Sliding['input'], row: string, column: string): string {
  return `((image * ${height} + ${row}) * ${width} + ${column}) * ${channels} + channel`;
}

/** WGSL: `body` for each pixel (`y`, `x0`) of the input under the window at a stop, row by row; what lies outside is left out. */
export function eachUnder(
  { input, window, padTop, padLeft }: Sliding,
  stop: readonly [string, string],
  body: string,
): string {
  const { size, strides, dilation } = window;
  return `for (var tapRow = 0; tapRow < ${size}; tapRow++) {
    let y = ${stop[0]} * ${strides} - ${padTop} + tapRow * ${dilation};
    if (y < 0 || y >= ${input.height}) { continue; }
    for (var tapColumn = 0; tapColumn < ${size}; tapColumn++) {
      let x0 = ${stop[1]} * ${strides} - ${padLeft} + tapColumn * ${dilation};
      if (x0 < 0 || x0 >= ${input.width}) { continue; }
      ${body}
    }
  }`;
}

/** WGSL: `body` for each stop (`stopRow`, `stopColumn`) whose window lies over the pixel (`row`, `column`) of the input. */
export function eachOver({ output, window, padTop, padLeft }: Sliding, body: string): string {
  const { size, strides, dilation } = window;
  const beyond = (size - 1) * dilation;
  const first = (place: string) => `max(0, (${place} - ${beyond} + ${strides - 1}) / ${strides})`;
  const isUnder = (place: string, stop: string) => `(${place} - ${stop} * ${strides}) % ${dilation} == 0`;
  return `let down = row + ${padTop};
  let across = column + ${padLeft};
  for (var stopRow = ${first('down')}; stopRow <= min(down / ${strides}, ${output.height - 1}); stopRow++) {
    if (!(${isUnder('down', 'stopRow')})) { continue; }
    for (var stopColumn = ${first('across')}; stopColumn <= min(across / ${strides}, ${output.width - 1}); stopColumn++) {
      if (!(${isUnder('across', 'stopColumn')})) { continue; }
      ${body}
    }
  }`;
}
