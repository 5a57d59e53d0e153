import type { ImageLayout } from '../layout.ts';

/** Pixels `block * step + offset` for blocks 0 ... `blocks` - 1, where `block` is a GLSL expression. */
export interface PixelWalk {
  readonly block: string;
  readonly step: number;
  readonly offset: number;
  readonly blocks: number;
}

/** GLSL for one pixel of a row: where its channel groups begin, in which layer, and when it lies inside (null: always). */
interface PixelAddress {
  readonly column: string;
  readonly layer: string;
  readonly inside: string | null;
}

function addressOf({ ways, columns }: ImageLayout, { block, step, offset, blocks }: PixelWalk): PixelAddress {
  const pixel = `(${block} * ${step} + ${offset})`;
  const low = offset < 0 ? [`${pixel} >= 0`] : [];
  const high = (blocks - 1) * step + offset >= columns * ways ? [`${pixel} < ${columns * ways}`] : [];
  const inside = [...low, ...high].join(' && ') || null;
  // Where the blocks of both layouts advance alike, the layer is known now, and the shader needs no division.
  if (step % ways === 0) {
    const shift = Math.floor(offset / ways);
    return { column: `(${block} * ${step / ways} + ${shift})`, layer: `${offset - shift * ways}`, inside };
  }
  return { column: `(max(${pixel}, 0) / ${ways})`, layer: `(max(${pixel}, 0) % ${ways})`, inside };
}

/**
 * GLSL that fetches channel group `group` of a pixel in texture row `row`; zero outside of the image. It always
 * fetches, from the nearest column, and selects afterwards: a branch around a fetch costs more than the fetch.
 */
export function fetchPixel(
  name: string,
  layout: ImageLayout,
  walk: PixelWalk,
  { row, group }: { row: string; group: string },
): string {
  const { column, layer, inside } = addressOf(layout, walk);
  const fetch = (x: string) => `texelFetch(${name}, ivec3(${x} * ${layout.groups} + ${group}, ${row}, ${layer}), 0)`;
  if (inside === null) return fetch(column);
  return `mix(vec4(0.0), ${fetch(`clamp(${column}, 0, ${layout.columns - 1})`)}, bvec4(${inside}))`;
}
