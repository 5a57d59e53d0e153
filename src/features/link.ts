import { SHARED_HASH } from '../core/sharing/shared-hash.ts';
import { DAMAGED, readShared, type SharedReading } from '../core/sharing/shared-setup.ts';

/** Some mail programs cut or refuse longer addresses. */
export const LONG_LINK = 2000;

/** Letters of an address that are unpacked at most: a thousand times as many bytes come out of them at worst. */
const MAX_LETTERS = 30_000;

/** The address that brings a text to whoever opens it; `page` is the address of the app, `hash` says what the text is. */
export async function linkTo(page: string, text: string, hash = SHARED_HASH): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const letters = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''));
  // The letters that addresses take as they are.
  const safe = letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${page}${hash}${safe}`;
}

/** Reads the part of an address behind `#` that brings a network. */
export async function readHash(hash: string): Promise<SharedReading> {
  const text = await textOfHash(hash.slice(SHARED_HASH.length));
  return text === null ? { problem: DAMAGED } : readShared(text);
}

/** The text that letters of an address stand for; null where they are damaged. */
export async function textOfHash(letters: string): Promise<string | null> {
  if (letters.length > MAX_LETTERS) return null;
  try {
    const packed = Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
      sign.charCodeAt(0),
    );
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return await new Response(stream).text();
  } catch {
    return null;
  }
}

/** The address of the app, with the folder of data that it was opened with, where it was. */
export function pageAddress(): string {
  const { origin, pathname, search } = location;
  const data = new URLSearchParams(search).get('data');
  return `${origin}${pathname}${data === null ? '' : `?${new URLSearchParams({ data })}`}`;
}
