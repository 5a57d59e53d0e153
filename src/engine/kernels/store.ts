import { IMAGE_BYTES } from '../../core/data-set.ts';
import type { Device } from './device.ts';
import { type Texture, writeRows } from './texture.ts';

/** Texels of one image: four neighbouring pixels each. */
export const IMAGE_TEXELS = IMAGE_BYTES / 4;

/** Images side by side in a row of the store's textures; a shard of 1,000 fills whole rows. */
export const SHELF = 20;

/** Width of the texture that holds the order of the images. */
export const ORDER_WIDTH = 1024;

/**
 * The images of one split on the device, one byte a pixel: 47 MB for 60,000. Image i lies at column `i % SHELF` and row
 * `floor(i / SHELF)`; its label likewise in a texture of its own.
 */
export class ImageStore {
  readonly pixels: Texture;
  readonly labels: Texture;
  readonly #device: Device;

  constructor(device: Device, capacity: number) {
    const height = Math.ceil(capacity / SHELF);
    this.#device = device;
    this.pixels = device.texture({ width: SHELF * IMAGE_TEXELS, height, layers: 1 }, 'rgba8');
    this.labels = device.texture({ width: SHELF, height, layers: 1 }, 'r8ui');
  }

  /** Writes images from position `first` on, a multiple of `SHELF`. pixels: [n, 784], labels: [n] */
  write(first: number, pixels: Uint8Array, labels: Uint8Array): void {
    if (first % SHELF !== 0) throw new RangeError(`Images come in rows of ${SHELF}; ${first} begins none.`);
    const rows = Math.ceil(labels.length / SHELF);
    const place = { row: first / SHELF, rows };
    writeRows(this.#device.gl, this.pixels, padded(pixels, rows * SHELF * IMAGE_BYTES), place);
    writeRows(this.#device.gl, this.labels, padded(labels, rows * SHELF), place);
  }

  dispose(): void {
    this.#device.free(this.pixels);
    this.#device.free(this.labels);
  }
}

/** Positions of images in the order in which batches take them, as a texture: uploaded once an epoch. */
export class OrderTexture {
  readonly texture: Texture;
  readonly #device: Device;

  constructor(device: Device, capacity: number) {
    this.#device = device;
    this.texture = device.texture(
      { width: ORDER_WIDTH, height: Math.ceil(capacity / ORDER_WIDTH), layers: 1 },
      'r32ui',
    );
  }

  write(order: Uint32Array): void {
    const rows = Math.ceil(order.length / ORDER_WIDTH);
    const texels = new Uint32Array(rows * ORDER_WIDTH);
    texels.set(order);
    writeRows(this.#device.gl, this.texture, texels, { rows });
  }

  dispose(): void {
    this.#device.free(this.texture);
  }
}

function padded(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  return whole;
}
