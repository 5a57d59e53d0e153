import type { Pad } from '../ui/pad/pad.ts';
import { pixelsOfRuns, runLengths } from './run-lengths.ts';

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
  const pixels = kept === null ? null : pixelsOfRuns(kept, pad.side ** 2);
  if (pixels !== null && pad.status().empty) pad.load(pixels);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    save(key, pad.status().empty ? null : runLengths(pad.pixels));
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
