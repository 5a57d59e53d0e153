/** Pixels as text by run-length encoding: how often each value follows itself, and the value. A drawing of few shades takes little. */
export function runLengths(pixels: Uint8Array): string {
  const runs: string[] = [];
  for (let start = 0; start < pixels.length; ) {
    const value = pixels[start];
    let end = start + 1;
    while (end < pixels.length && pixels[end] === value) end++;
    runs.push(`${(end - start).toString(36)}.${value?.toString(36)}`);
    start = end;
  }
  return runs.join(' ');
}

/** As many pixels as wanted, from a text of `runLengths`; null where it is none, as after somebody else wrote there. */
export function pixelsOfRuns(text: string, count: number): Uint8Array<ArrayBuffer> | null {
  const pixels = new Uint8Array(count);
  let at = 0;
  for (const run of text.split(' ')) {
    const [length = Number.NaN, value = Number.NaN] = run.split('.').map((part) => Number.parseInt(part, 36));
    if (!(length >= 1 && at + length <= count && value >= 0 && value <= 255)) return null;
    pixels.fill(value, at, at + length);
    at += length;
  }
  return at === count ? pixels : null;
}
