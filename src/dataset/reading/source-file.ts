/** A file to read from: one that was opened, or one in a zip that was opened. */
export interface SourceFile {
  /** Its name after the names of its folders, apart by `/`. */
  readonly path: string;
  /** How long it is, as it or its zip says. */
  readonly bytes: number;
  /** What it holds, unpacked where it is in a zip. An UnreadableFile where it is longer than `most` bytes, or damaged. */
  read(most: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Its first bytes, at most so many. An UnreadableFile where it is damaged. */
  start(most: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A file that cannot be read. The message says why, as the end of a sentence: `is damaged`. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** A file that was opened. */
export function openedFile(path: string, contents: Blob): SourceFile {
  const bytes = contents.size;
  const bytesOf = async (part: Blob) => {
    try {
      return new Uint8Array(await part.arrayBuffer());
    } catch {
      throw new UnreadableFile('can no longer be read: it was moved, changed or deleted since it was opened');
    }
  };
  return {
    path,
    bytes,
    read: (most) => (bytes > most ? Promise.reject(tooLong(bytes, most)) : bytesOf(contents)),
    start: (most) => bytesOf(contents.slice(0, most)),
  };
}

/** Says that a file is too long. */
export function tooLong(bytes: number, most: number): UnreadableFile {
  const megabytes = (value: number) => `${Math.round(value / 1e6).toLocaleString('en-US')} MB`;
  return new UnreadableFile(`is ${megabytes(bytes)} long, and the limit is ${megabytes(most)}`);
}
