import { type RandomKey, uint32At } from '../../../src/core/random.ts';

/** What may stand in the place of any value of a JSON text. */
const VALUES = [
  'null',
  'true',
  '-1',
  '0.5',
  '1e308',
  '1e999',
  '9007199254740993',
  '""',
  '[]',
  '{}',
  '"__proto__"',
  '"constructor"',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '"<img src=x onerror=alert(1)>"',
  '"=HYPERLINK(1)"',
  `"${'a'.repeat(3000)}"`,
  `${'['.repeat(20)}${']'.repeat(20)}`,
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
];

const NAMES = ['"__proto__":', '"constructor":', '"toString":', '"length":', '"":'];

/** Numbers that are drawn one after the other: `below` gives a whole number from 0 to one less. */
export class Draw {
  readonly #key: RandomKey;
  #count = 0;

  constructor(...key: RandomKey) {
    this.#key = key;
  }

  below(limit: number): number {
    return limit === 0 ? 0 : uint32At(this.#key, this.#count++) % limit;
  }

  among<Item>(items: readonly Item[], other: Item): Item {
    return items[this.below(items.length)] ?? other;
  }
}

/** A copy of bytes with something wrong in it. */
export function mutatedBytes(bytes: Uint8Array, draw: Draw): Uint8Array<ArrayBuffer> {
  const at = draw.below(bytes.length);
  const some = 1 + draw.below(Math.min(64, bytes.length));
  const own = bytes[at] ?? 0;
  switch (draw.below(7)) {
    case 0:
      return spliced(bytes, at, 1, [own ^ (1 << draw.below(8))]);
    case 1:
      return spliced(bytes, at, 1, [draw.among([0, 255, 127, 128], 0)]);
    case 2:
      return bytes.slice(0, at);
    case 3:
      return spliced(bytes, at, some, []);
    case 4:
      return spliced(bytes, at, 0, bytes.subarray(at, at + some));
    case 5:
      return spliced(
        bytes,
        at,
        some,
        Uint8Array.from({ length: some }, () => draw.below(256)),
      );
    default:
      return spliced(bytes, at, 4, draw.among(NUMBERS, [0]));
  }
}

/** Numbers of four bytes, as lengths and places are. */
const NUMBERS = [
  [255, 255, 255, 255],
  [0, 0, 0, 128],
  [0, 0, 0, 0],
  [1, 0, 0, 0],
];

function spliced(bytes: Uint8Array, at: number, removed: number, added: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const rest = bytes.subarray(Math.min(bytes.length, at + removed));
  const result = new Uint8Array(at + added.length + rest.length);
  result.set(bytes.subarray(0, at));
  result.set(added, at);
  result.set(rest, at + added.length);
  return result;
}

/** A copy of a JSON text in which a value or a name is another one, or a part of it is missing or twice there. */
export function mutatedText(text: string, draw: Draw): string {
  const kind = draw.below(4);
  const tokens = [
    ...text.matchAll(
      kind === 1 ? /"(?:[^"\\]|\\.)*"\s*:/g : /"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d[\d.e+-]*|\btrue\b|\bfalse\b|\bnull\b/g,
    ),
  ];
  const token = tokens[draw.below(tokens.length)];
  if (token !== undefined && kind < 3) {
    const value = kind === 1 ? draw.among(NAMES, '') : draw.among(VALUES, '');
    return text.slice(0, token.index) + value + text.slice(token.index + token[0].length);
  }
  const at = draw.below(text.length);
  const some = 1 + draw.below(40);
  return draw.below(2) === 0 ? text.slice(0, at) + text.slice(at + some) : text.slice(0, at + some) + text.slice(at);
}
