import { outsideJson } from '../../core/sharing/outside-json.ts';

/** A record as JSON, and the bytes of its arrays of numbers one after the other. */
export interface PackedRecord {
  readonly json: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** In the place of what JSON cannot say there is an object with this key: `{ "$": "Float32Array", "at": 8, "length": 2 }`. */
const MARK = '$';

const ARRAYS = { Float32Array, Uint32Array, Uint8Array } as const;

type NumberArray = InstanceType<(typeof ARRAYS)[keyof typeof ARRAYS]>;

/** Arrays begin at multiples of so many bytes, so that they can be read in place. */
const ALIGNMENT = 4;

/** Numbers that JSON does not have. */
const NUMBERS = new Map([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((n) => [String(n), n]));

/** A record out of plain objects, lists, texts, numbers and arrays of numbers. */
export function packRecord(record: unknown): PackedRecord {
  const arrays: NumberArray[] = [];
  let size = 0;
  const json = JSON.stringify(record, (_, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return { [MARK]: String(value) };
    const name = arrayName(value);
    if (name === undefined || !isArray(value)) return value;
    const at = size;
    arrays.push(value);
    size = aligned(at + value.byteLength);
    return { [MARK]: name, at, length: value.length };
  });
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at = aligned(at + array.byteLength);
  }
  return { json, bytes };
}

/**
 * The record that was packed; undefined where the JSON is none, or an array would lie outside of the bytes, or all arrays together would be
 * longer than these.
 */
export function unpackRecord({ json, bytes }: PackedRecord): unknown {
  try {
    return restored(outsideJson(json), { bytes, left: bytes.byteLength });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Bytes that arrays are copied from, and how many are still to be copied: each lies in one array. */
interface Source {
  readonly bytes: Uint8Array<ArrayBuffer>;
  left: number;
}

function restored(value: unknown, source: Source): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => restored(item, source));
  const fields = new Map<string, unknown>(Object.entries(value));
  const mark = fields.get(MARK);
  if (typeof mark !== 'string')
    return Object.fromEntries([...fields].map(([name, field]) => [name, restored(field, source)]));
  const number = NUMBERS.get(mark);
  return number ?? arrayAt(mark, fields.get('at'), fields.get('length'), source);
}

/** A copy of an array in the bytes; a RangeError where it does not lie in them. */
function arrayAt(name: string, at: unknown, length: unknown, source: Source): NumberArray {
  const { buffer, byteOffset } = source.bytes;
  const type = Object.entries(ARRAYS).find(([known]) => known === name)?.[1];
  if (type === undefined || typeof at !== 'number' || typeof length !== 'number')
    throw new RangeError(`There are no arrays of kind ${name}.`);
  const array = new type(buffer, byteOffset + at, length);
  source.left -= array.byteLength;
  if (source.left < 0) throw new RangeError('More arrays are named than there are.');
  return array.slice();
}

function arrayName(value: unknown): string | undefined {
  return Object.entries(ARRAYS).find(([, type]) => value instanceof type)?.[0];
}

function isArray(value: unknown): value is NumberArray {
  return arrayName(value) !== undefined;
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}
