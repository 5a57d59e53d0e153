import { type DatasetSpec, type Stored, sampleSizeOf } from '../core/dataset/spec.ts';

/** Stored bytes of samples [n, bytes of a sample] as numbers [n, values of a sample]: a view, or a copy of unaligned floats. */
export function storedValues({ samples }: DatasetSpec, bytes: Uint8Array): Uint8Array | Float32Array {
  if (samples.storage === 'uint8') return bytes;
  const size = Float32Array.BYTES_PER_ELEMENT;
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  return new Float32Array(buffer, byteOffset, bytes.length / size);
}

/**
 * The value that a stored value of the largest kind becomes on its way into the network: white, where samples are images.
 * For float32 values, which have no largest one, the value that stands for white by convention, 1.
 */
export function largestValue({ storage, scale }: Stored): number {
  return storage === 'uint8' ? 255 / scale : 1;
}

/** How many samples there are in stored bytes. */
export function sampleCount(spec: DatasetSpec, bytes: Uint8Array): number {
  const size = sampleSizeOf(spec) * (spec.samples.storage === 'uint8' ? 1 : Float32Array.BYTES_PER_ELEMENT);
  return bytes.length / size;
}
