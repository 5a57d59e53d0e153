import { beforeEach, describe, expect, test } from 'vitest';
import { keepDrawing } from '../../../src/app/kept-drawing.ts';
import { pixelsOfRuns, runLengths } from '../../../src/app/run-lengths.ts';
import { createPad } from '../../../src/ui/pad/pad.ts';

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
  beforeEach(() => localStorage.clear());
  const leave = () => dispatchEvent(new Event('pagehide'));

  test('has the drawing of the last visit', () => {
    const pad = createPad(8);
    const stop = keepDrawing(pad, 'garments');
    pad.line({ x: 1, y: 1 }, { x: 6, y: 6 }, { shade: 200, width: 3 });
    leave();
    stop();
    const [next, other] = [createPad(8), createPad(8)];
    keepDrawing(next, 'garments')();
    keepDrawing(other, 'digits')();
    expect(next.pixels).toEqual(pad.pixels);
    expect(other.status().empty).toBe(true);
  });

  test('is empty after it was cleared', () => {
    const pad = createPad(8);
    const stop = keepDrawing(pad, 'garments');
    pad.fill({ x: 1, y: 1 }, 200);
    leave();
    pad.clear();
    leave();
    stop();
    const next = createPad(8);
    keepDrawing(next, 'garments')();
    expect(next.status()).toEqual({ empty: true, canUndo: false });
  });
});
