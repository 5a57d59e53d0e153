import { type DatasetSpec, sampleSizeOf } from '../../core/dataset/spec.ts';
import { storedValues } from '../../dataset/values.ts';
import { type Extent, fits } from './fold.ts';
import type { Gpu } from './gpu.ts';
import { type PlannedTexture, type Texture, writeRows } from './texture.ts';

/** Width of the texture that holds the order of the samples. */
const ORDER_WIDTH = 1024;

/** About how many texels wide a texture of samples is. */
const USUAL_WIDTH = 4096;

/**
 * GLSL: `sampleOf(n)`, the sample n places after place `place.x` of an order with `place.y` places, which wraps around.
 */
export const SAMPLE_OF = `
uniform uvec2 place;
int sampleOf(int n) {
  int i = int((place.x + uint(n)) % place.y);
  return int(texelFetch(order, ivec3(i % ${ORDER_WIDTH}, i / ${ORDER_WIDTH}, 0), 0).r);
}`;

/** How samples lie in a texture. */
export interface SampleLayout {
  /** Texels of a sample, four values each; what the last one has beyond the sample is 0. */
  readonly texels: number;
  /** Samples side by side in a row. */
  readonly perRow: number;
}

/**
 * The layout of so many samples: rows of a usual width, or wider ones where there would be more rows than a texture has.
 * Null where the GPU has no texture that large.
 */
export function sampleLayout(sampleSize: number, capacity: number, maxSize: number): SampleLayout | null {
  const texels = Math.ceil(sampleSize / 4);
  const usual = Math.floor(Math.min(USUAL_WIDTH, maxSize) / texels);
  const perRow = Math.max(1, usual, Math.ceil(capacity / maxSize));
  const extent = { width: perRow * texels, height: Math.ceil(capacity / perRow), layers: 1 };
  return fits(extent, maxSize) ? { texels, perRow } : null;
}

/** The textures of so many samples: their values, and their labels. */
export interface SampleTextures {
  readonly layout: SampleLayout;
  readonly values: PlannedTexture;
  readonly labels: PlannedTexture;
}

/** The same as `sampleLayout`, as textures. */
export function sampleTextures(spec: DatasetSpec, capacity: number, maxSize: number): SampleTextures | null {
  const layout = sampleLayout(sampleSizeOf(spec), capacity, maxSize);
  if (layout === null) return null;
  const { perRow, texels } = layout;
  const height = Math.ceil(capacity / perRow);
  return {
    layout,
    values: {
      extent: { width: perRow * texels, height, layers: 1 },
      format: spec.samples.storage === 'uint8' ? 'rgba8' : 'rgba32f',
    },
    labels: { extent: { width: perRow, height, layers: 1 }, format: 'r8ui' },
  };
}

/** The texture of an order of so many samples. */
export function orderTexture(capacity: number): PlannedTexture {
  const extent: Extent = { width: ORDER_WIDTH, height: Math.ceil(capacity / ORDER_WIDTH), layers: 1 };
  return { extent, format: 'r32ui' };
}

/** GLSL: `cornerOf(n)`, the first texel of the sample n places on. */
export function sampleCorner({ texels, perRow }: SampleLayout): string {
  return `${SAMPLE_OF}
ivec2 cornerOf(int n) {
  int sample_ = sampleOf(n);
  return ivec2(sample_ % ${perRow} * ${texels}, sample_ / ${perRow});
}`;
}

/**
 * Samples of one split on the GPU, as they are stored. Sample i lies in row `floor(i / perRow)`, and is
 * number `i % perRow` there; its label likewise in a texture of its own.
 */
export class SampleTexture {
  readonly spec: DatasetSpec;
  readonly layout: SampleLayout;
  readonly values: Texture;
  readonly labels: Texture;
  readonly #gpu: Gpu;

  /** Room for `capacity` samples of a data set; a RangeError where the GPU has no texture that large. */
  constructor(gpu: Gpu, spec: DatasetSpec, capacity: number) {
    const textures = sampleTextures(spec, capacity, gpu.maxSize);
    if (textures === null) throw new RangeError(`${capacity} samples of ${spec.title} do not fit into a texture.`);
    const { layout, values, labels } = textures;
    this.#gpu = gpu;
    this.spec = spec;
    this.layout = layout;
    this.values = gpu.texture(values.extent, values.format);
    this.labels = gpu.texture(labels.extent, labels.format);
  }

  /** The first sample of the row that a sample lies in: rows are written as a whole. */
  rowStart(sample: number): number {
    return sample - (sample % this.layout.perRow);
  }

  /** Writes samples from position `first` on, which begins a row. bytes: [n, bytes of a sample], labels: [n] */
  write(first: number, bytes: Uint8Array, labels: Uint8Array): void {
    const { perRow, texels } = this.layout;
    if (this.rowStart(first) !== first)
      throw new RangeError(`Samples come in rows of ${perRow}; ${first} begins none.`);
    const rows = Math.ceil(labels.length / perRow);
    const place = { row: first / perRow, rows };
    const size = { from: sampleSizeOf(this.spec), to: 4 * texels };
    const values = storedValues(this.spec, bytes);
    writeRows(this.#gpu.gl, this.values, padded(values, size, rows * perRow), place);
    writeRows(this.#gpu.gl, this.labels, padded(labels, { from: 1, to: 1 }, rows * perRow), place);
  }

  dispose(): void {
    this.#gpu.free(this.values);
    this.#gpu.free(this.labels);
  }
}

/** Positions of samples in the order in which batches take them, as a texture: uploaded once an epoch. */
export class OrderTexture {
  readonly texture: Texture;
  readonly #gpu: Gpu;

  constructor(gpu: Gpu, capacity: number) {
    this.#gpu = gpu;
    const { extent, format } = orderTexture(capacity);
    this.texture = gpu.texture(extent, format);
  }

  write(order: Uint32Array): void {
    const rows = Math.ceil(order.length / ORDER_WIDTH);
    const texels = new Uint32Array(rows * ORDER_WIDTH);
    texels.set(order);
    writeRows(this.#gpu.gl, this.texture, texels, { rows });
  }

  dispose(): void {
    this.#gpu.free(this.texture);
  }
}

type Values = Uint8Array | Float32Array;

/** Pieces of `from` values, each with zeros up to `to` values, and further pieces of zeros up to `count` of them. */
function padded(values: Values, { from, to }: { from: number; to: number }, count: number): Values {
  if (values.length === to * count) return values;
  const whole = values instanceof Uint8Array ? new Uint8Array(to * count) : new Float32Array(to * count);
  if (from === to) whole.set(values);
  else
    for (let at = 0; at * from < values.length; at++) whole.set(values.subarray(at * from, (at + 1) * from), at * to);
  return whole;
}
