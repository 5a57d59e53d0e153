import { type Kernel, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout, layoutOf } from '../layout.ts';
import { valueAt } from './repack.ts';

/** How values [outer, rows, columns, inner] are seen. */
interface Axes {
  readonly outer: number;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
}

/** How the result lies: [outer * columns, rows * inner]. */
export function swappedLayout({ outer, rows, columns, inner }: Axes): ImageLayout {
  return layoutOf(outer * columns, [rows * inner]);
}

/** Rows and columns exchanged. source: [outer, rows, columns, inner], in any layout -> `swappedLayout` */
export function swapAxes(from: ImageLayout, axes: Axes): Kernel {
  const to = swappedLayout(axes);
  const { rows, columns, inner } = axes;
  const { width, height } = extentOf(to);
  const size = from.height * from.width * from.channels;
  const body = `
${valueAt('source', from)}
float swapped(int place, int k) {
  int index = ((place / ${columns} * ${rows} + k / ${inner}) * ${columns} + place % ${columns}) * ${inner} + k % ${inner};
  return valueAt(index / ${size}, index % ${size});
}
void main() {
  int k = 4 * frag.x;
  o0 = vec4(${repeat(4, (j) => `k + ${j} < ${to.channels} ? swapped(frag.y, k + ${j}) : 0.0`, ', ')});
}`;
  return { name: 'swap axes', body, inputs: { source: 'rgba32f' }, targets: 1, width, height };
}
