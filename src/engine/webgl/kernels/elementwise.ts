import { decode, type Kernel, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { texelAt } from './pixel.ts';

/** One texel of a kernel that works texel by texel: GLSL for its result from the inputs' texels at the same place. */
export interface Elementwise {
  readonly name: string;
  /** The layouts of the inputs, by their names in `result`. */
  readonly inputs: Readonly<Record<string, ImageLayout>>;
  /** Functions and uniforms that `result` uses. */
  readonly prelude?: string;
  /** A GLSL expression of the inputs' names, of image `n`, row `y`, pixel `x` and channel group `c`. */
  readonly result: string;
}

/** Computes every texel of `output` from the same texel of each input; all have one shape, whatever their layouts. */
export function elementwise(output: ImageLayout, { name, inputs, prelude = '', result }: Elementwise): Kernel {
  const { width, height, layers } = extentOf(output);
  const row = `n * ${output.height} + y`;
  const fetches = Object.entries(inputs).map(([key, layout]) => {
    const aligned = layout.ways === output.ways;
    return (r: number) => {
      const texel = aligned ? `texelFetch(${key}_, ivec3(frag, ${r}), 0)` : texelAt(`${key}_`, layout, 'x', row);
      return `vec4 ${key} = ${texel};`;
    };
  });
  const body = `
${prelude}
void main() {
  ${decode(output)}
  ${repeat(layers, (r) => {
    const guard = (output.columns - 1) * output.ways + r < output.width ? '' : `if (x < ${output.width}) `;
    return `{
    int x = xb * ${output.ways} + ${r};
    o${r} = vec4(0.0);
    ${guard}{
      ${fetches.map((fetch) => fetch(r)).join('\n      ')}
      o${r} = ${result};
    }
  }`;
  })}
}`;
  const names = Object.fromEntries(Object.keys(inputs).map((key) => [`${key}_`, 'rgba32f' as const]));
  return { name, body, inputs: names, targets: layers, width, height };
}
