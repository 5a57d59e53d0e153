import type { Pad } from '../ui/pad/pad.ts';

/** Milliseconds without a stroke after which the drawing is written. */
const REST = 300;

/** Letters that a drawing may take: a photo full of noise is not kept. */
const LONGEST = 400_000;

/**
 * Puts the drawing of the last visit on an empty pad, and keeps it from now on: a moment after each change and when the page is
 * left. `subject`: what is drawn. The function that comes back ends that.
 */
export function keepDrawing(pad: Pad, subject: string): () => void {
  const key = `drawing ${subject}`;
  const kept = read(key);
  const pixels = kept === null ? null : unpacked(kept, pad.side ** 2);
  if (pixels !== null && pad.status().empty) pad.load(pixels);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    save(key, pad.status().empty ? null : packed(pad.pixels));
  };
  const stop = pad.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(write, REST);
  });
  addEventListener('pagehide', write);
  return () => {
    clearTimeout(timer);
    stop();
    removeEventListener('pagehide', write);
  };
}

/** Pixels as text: how often each value follows itself, and the value. A drawing of few shades takes little. */
export function packed(pixels: Uint8Array): string {
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

/** As many pixels as wanted, from a text of `packed`; null where it is none, as after somebody else wrote there. */
export function unpacked(text: string, count: number): Uint8Array<ArrayBuffer> | null {
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

/** Where storage is blocked, every visit starts with an empty pad. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function save(key: string, text: string | null): void {
  try {
    if (text === null || text.length > LONGEST) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // If storage is full or blocked, only the next visit is affected: it starts with an empty pad.
  }
}
