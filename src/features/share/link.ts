import { SHARED_HASH } from '../../core/sharing/shared-hash.ts';
import { DAMAGED, readShared, type SharedReading } from '../../core/sharing/shared-setup.ts';

/** Some mail programs cut or refuse longer addresses. */
export const LONG_LINK = 2000;

/** Letters of an address that are unpacked at most: a thousand times as many bytes come out of them at worst. */
const MAX_LETTERS = 30_000;

/** The address that brings a text to whoever opens it; `page` is the address of the app. */
export async function linkTo(page: string, text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const letters = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''));
  // The letters that addresses take as they are.
  const safe = letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${page}${SHARED_HASH}${safe}`;
}

/** Reads the part of an address behind `#`. */
export async function readHash(hash: string): Promise<SharedReading> {
  const letters = hash.slice(SHARED_HASH.length);
  if (letters.length > MAX_LETTERS) return { problem: DAMAGED };
  try {
    const packed = Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
      sign.charCodeAt(0),
    );
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return readShared(await new Response(stream).text());
  } catch {
    return { problem: DAMAGED };
  }
}
