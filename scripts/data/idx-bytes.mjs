/**
 * The header of an IDX file of unsigned bytes: two zero bytes, the type 8, the number of dimensions, and each
 * dimension as a big-endian uint32 (http://yann.lecun.com/exdb/mnist/).
 * @param {readonly number[]} shape
 */
export function idxHeader(shape) {
  const header = new Uint8Array(4 + 4 * shape.length);
  const view = new DataView(header.buffer);
  view.setUint8(2, 8);
  view.setUint8(3, shape.length);
  shape.forEach((size, axis) => {
    view.setUint32(4 + 4 * axis, size);
  });
  return header;
}

/**
 * The dimensions and the data of an IDX file of unsigned bytes; null where it is none, or has not as many bytes as its
 * header says.
 * @param {Uint8Array} bytes
 * @returns {{ shape: number[], bytes: Uint8Array } | null}
 */
export function parseIdx(bytes) {
  const rank = bytes[3] ?? 0;
  const start = 4 + 4 * rank;
  if (bytes.length < start) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== (8 << 8) + rank) return null;
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, extent) => product * extent, 1);
  return bytes.length === start + size ? { shape, bytes: bytes.subarray(start) } : null;
}
