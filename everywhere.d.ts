// What page, workers and Node have alike beyond the language itself: all that src/core may use of them (tsconfig.pure.json).

/** Text as UTF-8 (WHATWG Encoding). */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

/** UTF-8 as text (WHATWG Encoding); bytes that are none become U+FFFD. */
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}

/** The part of an address that names values (WHATWG URL). */
declare class URLSearchParams {
  constructor(values: string | Readonly<Record<string, string>>);
  get(name: string): string | null;
  toString(): string;
}
