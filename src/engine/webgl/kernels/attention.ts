import { float, type Kernel, laneMask, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout, layoutOf } from '../layout.ts';

/** Sequences of places whose numbers are divided into heads, and what sums are multiplied by. */
interface Heads {
  readonly batch: number;
  readonly places: number;
  readonly heads: number;
  readonly size: number;
  readonly scale: number;
}

/** How the numbers of places lie: [batch * places, heads * size]. */
export function placesLayout({ batch, places, heads, size }: Heads): ImageLayout {
  return layoutOf(batch * places, [heads * size]);
}

/** How the weights of places for each other lie: [batch * heads * places, places]. */
export function weightsLayout({ batch, places, heads }: Heads): ImageLayout {
  return layoutOf(batch * heads * places, [places]);
}

/** weights[n, h, i, j] = scale sum over s of a[n, i, h, s] b[n, j, h, s]. a, b: `placesLayout` -> `weightsLayout` */
export function headProducts(shape: Heads): Kernel {
  const { places, heads, size, scale } = shape;
  const layout = weightsLayout(shape);
  const { width, height } = extentOf(layout);
  const value = (name: string, row: string) => `texelFetch(${name}, ivec3(k / 4, ${row}, 0), 0)[k % 4]`;
  const row = (j: number) => `first + min(4 * frag.x + ${j}, ${places - 1})`;
  const body = `
void main() {
  int i = frag.y % ${places};
  int h = frag.y / ${places} % ${heads};
  int first = frag.y / ${places * heads} * ${places};
  vec4 sum = vec4(0.0);
  for (int k = h * ${size}; k < (h + 1) * ${size}; k++) {
    sum += ${value('a', 'first + i')} * vec4(${repeat(4, (j) => value('b', row(j)), ', ')});
  }
  o0 = sum * ${float(scale)} * ${laneMask(places, 'frag.x')};
}`;
  return { name: 'head products', body, inputs: { a: 'rgba32f', b: 'rgba32f' }, targets: 1, width, height };
}

/**
 * y[n, i, h, s] = scale sum over j of weights[n, h, i, j] x[n, j, h, s], or of weights[n, h, j, i] where `transposed`. weights: `weightsLayout`, x:
 * `placesLayout` -> `placesLayout`
 */
export function headMixtures(shape: Heads, transposed: boolean): Kernel {
  const { places, heads, size, scale } = shape;
  const layout = placesLayout(shape);
  const { width, height } = extentOf(layout);
  const [row, column] = transposed ? ['j', 'i'] : ['i', 'j'];
  const weight = (lane: number) => {
    const head = `min((4 * frag.x + ${lane}) / ${size}, ${heads - 1})`;
    return `texelFetch(weights, ivec3(${column} / 4, (n * ${heads} + ${head}) * ${places} + ${row}, 0), 0)[${column} % 4]`;
  };
  const weights = size % 4 === 0 ? `vec4(${weight(0)})` : `vec4(${repeat(4, weight, ', ')})`;
  const body = `
void main() {
  int n = frag.y / ${places};
  int i = frag.y % ${places};
  vec4 sum = vec4(0.0);
  for (int j = 0; j < ${places}; j++) sum += ${weights} * texelFetch(x, ivec3(frag.x, n * ${places} + j, 0), 0);
  o0 = sum * ${float(scale)};
}`;
  return { name: 'head mixtures', body, inputs: { weights: 'rgba32f', x: 'rgba32f' }, targets: 1, width, height };
}
