import type { ImageSamples } from '../dataset/spec.ts';

/** Images as they are stored, [n, bytes of a sample], each mirrored left to right. */
export function mirrored(images: Uint8Array, samples: ImageSamples): Uint8Array<ArrayBuffer> {
  const { width, channels, storage } = samples;
  const pixel = channels * (storage === 'uint8' ? 1 : Float32Array.BYTES_PER_ELEMENT);
  const result = new Uint8Array(images.length);
  for (let from = 0; from < images.length; from += pixel) {
    const column = (from / pixel) % width;
    result.set(images.subarray(from, from + pixel), from + (width - 1 - 2 * column) * pixel);
  }
  return result;
}
