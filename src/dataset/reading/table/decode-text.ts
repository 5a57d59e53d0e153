import { RefusedFiles } from '../refusal.ts';

/** A file that is read piece by piece; a `Blob` in a browser. */
export interface TextFile {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Bytes that are read at once. */
const PIECE = 1_000_000;

/**
 * The text of a file, piece by piece: UTF-8, or UTF-16 where its first bytes say so. Throws a `NotUtf8` where it is neither, and a
 * RefusedFiles where it is no text.
 */
export async function* textOf(
  file: TextFile,
  onBytes: (done: number) => void,
  encoding?: string,
): AsyncGenerator<string> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  checkText(start);
  const decoder = new TextDecoder(encoding ?? encodingOf(start), { fatal: encoding === undefined });
  for (let done = 0; done < file.size; done += PIECE) {
    const end = Math.min(done + PIECE, file.size);
    const bytes = await file.slice(done, end).arrayBuffer();
    const text = decoded(decoder, bytes, end < file.size);
    if (text.includes('\0')) throw new RefusedFiles(NO_TEXT);
    onBytes(end);
    yield text;
  }
}

/** Text that is in an older encoding than UTF-8. */
export class NotUtf8 extends Error {
  override readonly name = 'NotUtf8';
}

const NO_TEXT =
  'This file is not text, whatever its name says. Open a table that was saved as CSV: text with a line for each row.';

function decoded(decoder: TextDecoder, bytes: ArrayBuffer, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    throw new NotUtf8();
  }
}

/** The encoding of a text, by its first bytes. */
export function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** Excel's workbooks are zips. */
function checkText([first, second, third]: Uint8Array): void {
  if (first === 0x50 && second === 0x4b && third === 3) {
    throw new RefusedFiles(
      'This file is a workbook or a zip, whatever its name says. Save the sheet as CSV in the program that made it, and open that.',
    );
  }
}
