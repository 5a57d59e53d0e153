/** One field of a message: its number, and its value. Fractions go in as `{ float }`, whole numbers as such. */
export type Field = readonly [
  number: number,
  value: number | string | Message | Uint8Array | { readonly float: number },
];

/** A message: its fields in order. One that is repeated stands there several times. */
export type Message = readonly Field[];

const [VARINT, BYTES, FIXED32] = [0, 2, 5];

/** A message in the wire format of protocol buffers. https://protobuf.dev/programming-guides/encoding/ */
export function protobuf(message: Message): Uint8Array<ArrayBuffer> {
  const parts = partsOf(message);
  const file = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

function partsOf(message: Message): readonly Uint8Array[] {
  return message.flatMap(([number, value]): readonly Uint8Array[] => {
    const tag = (wire: number) => varint(number * 8 + wire);
    if (typeof value === 'number') return [tag(VARINT), varint(value)];
    if (typeof value === 'string') return withLength(tag(BYTES), [new TextEncoder().encode(value)]);
    if (value instanceof Uint8Array) return withLength(tag(BYTES), [value]);
    if ('float' in value) {
      const bytes = new DataView(new ArrayBuffer(4));
      bytes.setFloat32(0, value.float, true);
      return [tag(FIXED32), new Uint8Array(bytes.buffer)];
    }
    return withLength(tag(BYTES), partsOf(value));
  });
}

function withLength(tag: Uint8Array, parts: readonly Uint8Array[]): readonly Uint8Array[] {
  return [tag, varint(lengthOf(parts)), ...parts];
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** A whole number in groups of seven bits, the lowest first; negative ones take ten bytes, as 64 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
