import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { RowStore } from '../features/drawing/typed-row.ts';
import { readChoice } from '../ui/base/choice-storage.ts';
import type { Pad } from '../ui/pad/pad.ts';
import type { KeptTexts } from './archive/kept-texts.ts';
import { keepRow } from './kept-row.ts';
import { pixelsOfRuns, runLengths } from './run-lengths.ts';

/** See {@link keepSample}. */
export type KeepSample = typeof keepSample;

/** Keeps what is shown to the network: the drawing, or the row of a table where there is no pad. The function that comes back ends that. */
export function keepSample(pad: Pad | undefined, row: RowStore, dataset: DatasetSpec, texts: KeptTexts): () => void {
  return pad === undefined ? keepRow(row, dataset, texts) : keepDrawing(pad, dataset.id, texts);
}

/**
 * Puts the drawing of the last visit on an empty pad, and keeps it from now on, with each change. `subject`: what is drawn. The
 * function that comes back ends that.
 */
export function keepDrawing(pad: Pad, subject: string, texts: KeptTexts): () => void {
  const write = () => texts.write('drawing', subject, () => (pad.status().empty ? null : runLengths(pad.pixels)));
  if (!pad.status().empty) write();
  else {
    const pixels = keptPixels(pad, subject, texts);
    if (pixels !== null) pad.load(pixels);
  }
  // Another tab may have drawn since.
  const stops = [
    texts.listen(() => pad.load(keptPixels(pad, subject, texts) ?? new Uint8Array(pad.side ** 2))),
    pad.subscribe(write),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The drawing of the last visit; null where there is none, or it cannot be read. The first versions kept it elsewhere. */
function keptPixels({ side }: Pad, subject: string, texts: KeptTexts): Uint8Array<ArrayBuffer> | null {
  const kept = texts.read('drawing', subject) ?? readChoice(`drawing ${subject}`);
  if (kept === null) return null;
  const pixels = pixelsOfRuns(kept, side ** 2);
  if (pixels === null) texts.leaveOut('drawing');
  return pixels;
}
