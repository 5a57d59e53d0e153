import { UnreadableFile } from './source-file.ts';

/** How bytes are packed: as a gzip file, or by its method alone, as in a zip. */
export type Packing = 'gzip' | 'deflate-raw';

/** What unpacking gave. */
export interface Unpacked {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether there was more than `most`; what is beyond was not unpacked. */
  readonly isCut: boolean;
}

/**
 * Unpacks bytes up to a limit: what takes more room than was allowed for is never unpacked. An UnreadableFile where they are
 * damaged.
 */
export async function unpack(packed: Blob, packing: Packing, most: number): Promise<Unpacked> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = packed.stream().pipeThrough(new DecompressionStream(packing)).getReader();
  try {
    for (let part = await reader.read(); part.value && length <= most; part = await reader.read()) {
      chunks.push(part.value);
      length += part.value.length;
    }
  } catch {
    throw new UnreadableFile('is damaged: it cannot be unpacked');
  } finally {
    reader.cancel().catch(() => undefined);
  }
  return { bytes: joined(chunks, Math.min(length, most)), isCut: length > most };
}

/** The first bytes of chunks, as one. */
function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk.subarray(0, length - at), at);
    at += chunk.length;
    if (at >= length) break;
  }
  return bytes;
}
