import type { NamedTensor } from './tensor.ts';

/**
 * Tensors as a SafeTensors file: the length of a header as eight bytes, the header as JSON, and the numbers as 32-bit floats, the
 * lower byte first. https://github.com/huggingface/safetensors
 */
export function safetensorsFile(
  tensors: readonly NamedTensor[],
  about: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const entries: [string, unknown][] = [];
  let length = 0;
  for (const { name, shape, values } of tensors) {
    const end = length + values.byteLength;
    entries.push([name, { dtype: 'F32', shape, data_offsets: [length, end] }]);
    length = end;
  }
  const text = JSON.stringify(Object.fromEntries([['__metadata__', about], ...entries]));
  const bare = new TextEncoder().encode(text).length;
  // Spaces behind the header have the numbers begin at a multiple of eight.
  const header = new TextEncoder().encode(text + ' '.repeat((8 - (bare % 8)) % 8));
  const file = new Uint8Array(8 + header.length + length);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  let at = 8 + header.length;
  for (const { values } of tensors) at = putFloats(view, at, values);
  return file;
}

/** Writes floats with the lower byte first; gives the place behind them. */
export function putFloats(view: DataView, start: number, values: Float32Array): number {
  let at = start;
  for (const value of values) {
    view.setFloat32(at, value, true);
    at += 4;
  }
  return at;
}
