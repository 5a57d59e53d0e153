import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Database } from '../../../src/app/archive/database.ts';
import { FoundTexts } from '../../../src/app/archive/found-texts.ts';
import { KeptTexts } from '../../../src/app/archive/kept-texts.ts';
import { keepDrawing, keepSample } from '../../../src/app/kept-drawing.ts';
import { pixelsOfRuns, runLengths } from '../../../src/app/run-lengths.ts';
import { holdSample } from '../../../src/app/unsaved-sample.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { createRowStore } from '../../../src/features/drawing/typed-row.ts';
import { createStorageControl } from '../../../src/state/storage.ts';
import { createPad } from '../../../src/ui/pad/pad.ts';
import { emptyBrowser, storedRecords } from './archive/support.ts';

describe('a drawing as text', () => {
  test('comes back pixel for pixel', () => {
    const pixels = Uint8Array.from({ length: 500 }, (_, i) => (i % 7 === 0 ? i % 256 : 202));
    expect(pixelsOfRuns(runLengths(pixels), 500)).toEqual(pixels);
  });

  test.each(['', 'boot', '4.zzz', '-1.5', '3.1', '5.1', '4.1 4.1'])('is none where it says %j', (text) => {
    expect(pixelsOfRuns(text, 4)).toBeNull();
  });
});

describe('the pad', () => {
  beforeEach(() => {
    localStorage.clear();
    emptyBrowser();
  });

  const storage = createStorageControl();
  const visit = async () => {
    const [database, found] = [new Database(), new FoundTexts()];
    await found.find(database, 'drawing');
    return new KeptTexts(database, found, storage);
  };
  const stored = () => storedRecords('drawing');
  const textOf = (pixels: Uint8Array) => ({ version: 2, kind: 'drawing', text: runLengths(pixels) });

  test('has the drawing of the last visit', async () => {
    const pad = createPad(8);
    keepDrawing(pad, 'garments', await visit());
    pad.line({ x: 1, y: 1 }, { x: 6, y: 6 }, { shade: 200, width: 3 });
    await vi.waitFor(async () => expect(await stored()).toEqual({ garments: textOf(pad.pixels) }));
    const [next, other] = [createPad(8), createPad(8)];
    keepDrawing(next, 'garments', await visit());
    keepDrawing(other, 'digits', await visit());
    expect(next.pixels).toEqual(pad.pixels);
    expect(other.status().empty).toBe(true);
  });

  test('is empty after it was cleared', async () => {
    const pad = createPad(8);
    keepDrawing(pad, 'garments', await visit());
    pad.fill({ x: 1, y: 1 }, 200);
    await vi.waitFor(async () => expect(Object.keys(await stored())).toEqual(['garments']));
    pad.clear();
    await vi.waitFor(async () => expect(await stored()).toEqual({}));
    const next = createPad(8);
    keepDrawing(next, 'garments', await visit());
    expect(next.status()).toEqual({ empty: true, canUndo: false });
  });

  test('keeps what was drawn before the database had answered', async () => {
    const texts = await visit();
    texts.write('drawing', 'garments', () => runLengths(new Uint8Array(64).fill(9)));
    const pad = createPad(8);
    pad.fill({ x: 1, y: 1 }, 200);
    keepDrawing(pad, 'garments', texts);
    await vi.waitFor(async () => expect(await stored()).toEqual({ garments: textOf(pad.pixels) }));
    expect(pad.pixels[0]).toBe(200);
  });

  test('is not kept any more once that has ended', async () => {
    const texts = await visit();
    const write = vi.spyOn(texts, 'write');
    const pad = createPad(8);
    keepDrawing(pad, 'garments', texts)();
    pad.fill({ x: 1, y: 1 }, 200);
    expect(write).not.toHaveBeenCalled();
  });

  test('is empty, and that is told, where what was kept is no drawing', async () => {
    const texts = await visit();
    texts.write('drawing', 'garments', () => 'boot');
    await vi.waitFor(() => expect(texts.read('drawing', 'garments')).toBe('boot'));
    const pad = createPad(8);
    keepDrawing(pad, 'garments', texts);
    expect(pad.status().empty).toBe(true);
    expect(storage.store.getState().problems).toContainEqual({ kind: 'unreadable', what: 'drawing', count: 1 });
  });

  test('has the drawing that the first versions kept in the local storage', async () => {
    const pixels = new Uint8Array(64).fill(7);
    localStorage.setItem('drawing garments', runLengths(pixels));
    const pad = createPad(8);
    keepDrawing(pad, 'garments', await visit());
    expect(pad.pixels).toEqual(pixels);
  });

  test('left before anything keeps it, has the drawing on the next visit, where it is kept and held no longer', async () => {
    const { id } = FASHION_MNIST;
    (await visit()).write('drawing', id, () => runLengths(new Uint8Array(64).fill(9)));
    await vi.waitFor(async () => expect(Object.keys(await stored())).toEqual([id]));
    const left = createPad(8);
    holdSample(left, createRowStore(), id);
    left.fill({ x: 1, y: 1 }, 200);

    const [pad, texts] = [createPad(8), await visit()];
    // It is not known yet whether this tab writes.
    texts.hold();
    const letGo = holdSample(pad, createRowStore(), id);
    const stop = keepSample(pad, createRowStore(), FASHION_MNIST, texts, letGo);
    expect(pad.pixels).toEqual(left.pixels);
    pad.line({ x: 1, y: 1 }, { x: 6, y: 6 }, { shade: 90, width: 3 });
    expect(localStorage.getItem(`unsaved drawing ${id}`)).toBe(runLengths(pad.pixels));
    texts.open();
    await vi.waitFor(() => expect(localStorage.getItem(`unsaved drawing ${id}`)).toBeNull());
    expect(await stored()).toEqual({ [id]: textOf(pad.pixels) });
    pad.clear();
    expect(localStorage.length).toBe(0);
    stop();
  });

  test('forgets what was held where another tab keeps everything', async () => {
    const { id } = FASHION_MNIST;
    const [pad, texts] = [createPad(8), await visit()];
    texts.hold();
    const letGo = holdSample(pad, createRowStore(), id);
    pad.fill({ x: 1, y: 1 }, 200);
    keepSample(pad, createRowStore(), FASHION_MNIST, texts, letGo);
    texts.abandon();
    expect(localStorage.length).toBe(0);
    expect(await stored()).toEqual({});
  });

  test('has what is kept where what was held is no drawing', async () => {
    const texts = await visit();
    texts.adopt('drawing', 'garments', runLengths(new Uint8Array(64).fill(9)));
    localStorage.setItem('unsaved drawing garments', 'boot');
    const pad = createPad(8);
    keepDrawing(pad, 'garments', texts);
    expect(pad.pixels[0]).toBe(9);
  });
});
