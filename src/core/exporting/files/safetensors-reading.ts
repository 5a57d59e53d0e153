import { fromFloat16 } from '../../network/float16.ts';
import type { Shape } from '../../network/shape.ts';
import { entriesOfJson, outsideJson } from '../../sharing/outside-json.ts';

/** A tensor in a file, whose numbers are not read yet. */
export interface FoundTensor {
  /** How its numbers are stored: `F32`. */
  readonly type: string;
  readonly shape: Shape;
  readonly bytes: Uint8Array;
}

/** What a SafeTensors file has, or why it cannot be read, as a sentence. */
export type SafetensorsReading =
  | {
      /** By their names, in the order in which they lie in the file. */
      readonly tensors: ReadonlyMap<string, FoundTensor>;
      /** What the file says of itself. */
      readonly about: ReadonlyMap<string, string>;
    }
  | { readonly problem: string };

/** What a file may have at most. */
const LIMITS = { header: 4 * 1024 ** 2, tensors: 10_000, axes: 8, name: 300 } as const;

/** Bytes of a number of each type. */
const TYPE_BYTES: ReadonlyMap<string, number> = new Map([
  ...['BOOL', 'U8', 'I8', 'F8_E5M2', 'F8_E4M3', 'F8_E8M0'].map((type) => [type, 1] as const),
  ...['I16', 'U16', 'F16', 'BF16'].map((type) => [type, 2] as const),
  ...['I32', 'U32', 'F32'].map((type) => [type, 4] as const),
  ...['I64', 'U64', 'F64'].map((type) => [type, 8] as const),
]);

const NOT_ONE = 'This is not a SafeTensors file, or it is damaged: it does not begin with a list of its tensors.';
const TOO_MANY = `This file has more than ${LIMITS.tensors.toLocaleString('en')} tensors, so it is not read.`;
const TWICE = 'This file has two tensors of the same name, so it is not clear which is meant.';
const BYTES_LEFT = 'This file is damaged: it has bytes that belong to none of its tensors, or to two of them.';

/** Reads a SafeTensors file. Its header is checked before any number is read, and nothing is copied. */
export function readSafetensors(file: Uint8Array): SafetensorsReading {
  const header = headerOf(file);
  if (header === null) return { problem: NOT_ONE };
  const text = new TextDecoder().decode(header);
  const entries = entriesOfJson(outsideJson(text));
  if (entries.size === 0) return { problem: NOT_ONE };
  if (entries.size > LIMITS.tensors) return { problem: TOO_MANY };
  const data = file.subarray(8 + header.length);
  const found = [...entries].filter(([name]) => name !== '__metadata__').map(([name, entry]) => placeOf(name, entry));
  const problem = found.find((place) => typeof place === 'string');
  if (problem !== undefined) return { problem };
  const places = found.filter((place) => typeof place !== 'string').sort((a, b) => a.begin - b.begin || a.end - b.end);
  // A text that names a tensor twice gives the last one only.
  if ((text.match(/"data_offsets"\s*:/g)?.length ?? 0) > places.length) return { problem: TWICE };
  const isWhole = places.every(({ begin }, i) => begin === (places[i - 1]?.end ?? 0));
  if (!isWhole || (places.at(-1)?.end ?? 0) !== data.length) return { problem: BYTES_LEFT };
  const about = [...entriesOfJson(entries.get('__metadata__'))].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    tensors: new Map(
      places.map(({ name, type, shape, begin, end }) => [name, { type, shape, bytes: data.subarray(begin, end) }]),
    ),
    about: new Map(about),
  };
}

/** The numbers of a tensor as 32-bit floats; null where they are whole numbers, truth values or floats of one byte. */
export function floatsOf({ type, bytes }: FoundTensor): Float32Array<ArrayBuffer> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case 'F32':
      return floats(bytes.length / 4, (i) => view.getFloat32(4 * i, true));
    case 'F64':
      return floats(bytes.length / 8, (i) => view.getFloat64(8 * i, true));
    case 'F16':
      return fromFloat16(Uint16Array.from({ length: bytes.length / 2 }, (_, i) => view.getUint16(2 * i, true)));
    case 'BF16': {
      // The upper half of a 32-bit float.
      const bits = Uint32Array.from({ length: bytes.length / 2 }, (_, i) => view.getUint16(2 * i, true) << 16);
      return new Float32Array(bits.buffer);
    }
    default:
      return null;
  }
}

function floats(length: number, valueAt: (i: number) => number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = valueAt(i);
  return values;
}

/** The bytes of the header; null where the file has none of a length that it can have. */
function headerOf(file: Uint8Array): Uint8Array | null {
  if (file.length < 8) return null;
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(LIMITS.header, file.length - 8))) return null;
  return file.subarray(8, 8 + Number(length));
}

interface Place {
  readonly name: string;
  readonly type: string;
  readonly shape: Shape;
  /** Where its bytes begin and end behind the header. */
  readonly begin: number;
  readonly end: number;
}

/** Where a tensor lies; a sentence where its entry makes no sense. */
function placeOf(name: string, entry: unknown): Place | string {
  const given = entriesOfJson(entry);
  const [type, shape, offsets] = [given.get('dtype'), given.get('shape'), given.get('data_offsets')];
  const called = name.length > LIMITS.name ? `${name.slice(0, LIMITS.name)}…` : name;
  const damaged = (what: string) => `This file is damaged: ${what} of its tensor ${called}.`;
  const size = typeof type === 'string' ? TYPE_BYTES.get(type) : undefined;
  if (typeof type !== 'string' || size === undefined) return damaged('nothing is known of the type');
  if (!isCounts(shape) || shape.length > LIMITS.axes) return damaged('there is no shape');
  if (!isCounts(offsets) || offsets.length !== 2) return damaged('it is not said where the numbers lie');
  const [begin = 0, end = 0] = offsets;
  const length = shape.reduce((product, axis) => product * axis, size);
  // Also where the product is too large to be exact.
  if (!Number.isSafeInteger(length) || end - begin !== length) return damaged('the shape and the bytes differ');
  return { name, type, shape, begin, end };
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}
