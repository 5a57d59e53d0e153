/**
 * SHA-256 of bytes in lower-case hexadecimal; null where the page has no `crypto.subtle`, which browsers give to https
 * and localhost only. A shard is then checked by gzip's CRC-32 alone, which finds accidental damage but no deliberate
 * change.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  // The DOM types declare it as always present.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return null;
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
