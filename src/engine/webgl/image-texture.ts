import { IMAGE_BYTES } from '../../core/dataset/stream-events.ts';
import type { Gpu } from './gpu.ts';
import { type Texture, writeRows } from './texture.ts';

/** Texels of one image: four neighbouring pixels each. */
export const IMAGE_TEXELS = IMAGE_BYTES / 4;

/** Images side by side in a row of the textures; a shard of 1,000 fills whole rows. */
export const IMAGES_PER_ROW = 20;

/** Width of the texture that holds the order of the images. */
const ORDER_WIDTH = 1024;

/**
 * GLSL: `imageOf(n)`, the image n places after place `place.x` of an order with `place.y` places, which wraps around.
 */
export const IMAGE_OF = `
uniform uvec2 place;
int imageOf(int n) {
  int i = int((place.x + uint(n)) % place.y);
  return int(texelFetch(order, ivec3(i % ${ORDER_WIDTH}, i / ${ORDER_WIDTH}, 0), 0).r);
}`;

/**
 * The images of one split on the GPU, one byte a pixel: 47 MB for 60,000. Image i lies at column `i % IMAGES_PER_ROW` and row
 * `floor(i / IMAGES_PER_ROW)`; its label likewise in a texture of its own.
 */
export class ImageTexture {
  readonly pixels: Texture;
  readonly labels: Texture;
  readonly #gpu: Gpu;

  constructor(gpu: Gpu, capacity: number) {
    const height = Math.ceil(capacity / IMAGES_PER_ROW);
    this.#gpu = gpu;
    this.pixels = gpu.texture({ width: IMAGES_PER_ROW * IMAGE_TEXELS, height, layers: 1 }, 'rgba8');
    this.labels = gpu.texture({ width: IMAGES_PER_ROW, height, layers: 1 }, 'r8ui');
  }

  /** Writes images from position `first` on, a multiple of `IMAGES_PER_ROW`. pixels: [n, 784], labels: [n] */
  write(first: number, pixels: Uint8Array, labels: Uint8Array): void {
    if (first % IMAGES_PER_ROW !== 0)
      throw new RangeError(`Images come in rows of ${IMAGES_PER_ROW}; ${first} begins none.`);
    const rows = Math.ceil(labels.length / IMAGES_PER_ROW);
    const place = { row: first / IMAGES_PER_ROW, rows };
    writeRows(this.#gpu.gl, this.pixels, padded(pixels, rows * IMAGES_PER_ROW * IMAGE_BYTES), place);
    writeRows(this.#gpu.gl, this.labels, padded(labels, rows * IMAGES_PER_ROW), place);
  }

  dispose(): void {
    this.#gpu.free(this.pixels);
    this.#gpu.free(this.labels);
  }
}

/** Positions of images in the order in which batches take them, as a texture: uploaded once an epoch. */
export class OrderTexture {
  readonly texture: Texture;
  readonly #gpu: Gpu;

  constructor(gpu: Gpu, capacity: number) {
    this.#gpu = gpu;
    this.texture = gpu.texture({ width: ORDER_WIDTH, height: Math.ceil(capacity / ORDER_WIDTH), layers: 1 }, 'r32ui');
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

function padded(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  return whole;
}
