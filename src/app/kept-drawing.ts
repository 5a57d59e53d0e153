import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { RowStore } from '../features/drawing/typed-row.ts';
import { readChoice } from '../ui/base/choice-storage.ts';
import type { Pad } from '../ui/pad/pad.ts';
import type { KeptTexts } from './archive/kept-texts.ts';
import { keepRow } from './kept-row.ts';
import { pixelsOfRuns, runLengths } from './run-lengths.ts';
import { forgetUnsavedSample, unsavedSample } from './unsaved-sample.ts';

/** See {@link keepSample}. */
export type KeepSample = typeof keepSample;

/**
 * Keeps what is shown to the network: the drawing, or the row of a table where there is no pad. `letGo` ends what holds it until all
 * is written. The function that comes back ends the keeping.
 */
export function keepSample(
  pad: Pad | undefined,
  row: RowStore,
  dataset: DatasetSpec,
  texts: KeptTexts,
  letGo: () => void = () => undefined,
): () => void {
  const stop = pad === undefined ? keepRow(row, dataset, texts) : keepDrawing(pad, dataset.id, texts);
  texts.onceWritten(() => {
    letGo();
    forgetUnsavedSample(dataset.id);
  });
  return stop;
}

/**
 * Puts the drawing of the last visit on an empty pad, and keeps it from now on, with each change. `subject`: what is drawn. The
 * function that comes back ends that.
 */
export function keepDrawing(pad: Pad, subject: string, texts: KeptTexts): () => void {
  const write = () => texts.write('drawing', subject, () => (pad.status().empty ? null : runLengths(pad.pixels)));
  if (pad.status().empty) {
    // The page was left with it before it was kept.
    const unsaved = pixelsOf(pad, unsavedSample(subject));
    const pixels = unsaved ?? keptPixels(pad, subject, texts);
    if (pixels !== null) pad.load(pixels);
    if (unsaved !== null) write();
  } else write();
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
function keptPixels(pad: Pad, subject: string, texts: KeptTexts): Uint8Array<ArrayBuffer> | null {
  const kept = texts.read('drawing', subject) ?? readChoice(`drawing ${subject}`);
  if (kept === null) return null;
  const pixels = pixelsOf(pad, kept);
  if (pixels === null) texts.leaveOut('drawing');
  return pixels;
}

function pixelsOf({ side }: Pad, text: string | null): Uint8Array<ArrayBuffer> | null {
  return text === null ? null : pixelsOfRuns(text, side ** 2);
}
