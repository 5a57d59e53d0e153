import { describe, expect, test, vi } from 'vitest';
import { createPad } from '../../../../src/ui/pad/pad.ts';
import { createPen } from '../../../../src/ui/pad/pen.ts';

const brush = { width: 4, shade: 200 };

describe('pad', () => {
  test('one Undo takes back a whole stroke', () => {
    const pad = createPad(20);
    pad.begin();
    pad.line({ x: 2, y: 10 }, { x: 8, y: 10 }, brush);
    pad.line({ x: 8, y: 10 }, { x: 15, y: 10 }, brush);
    expect(pad.status()).toEqual({ empty: false, canUndo: true });
    pad.undo();
    expect(pad.status()).toEqual({ empty: true, canUndo: false });
  });

  test('clearing, mirroring, filling and loading can be undone', () => {
    const pad = createPad(8);
    pad.load(Uint8Array.from({ length: 64 }, (_, index) => index));
    const drawn = pad.pixels.slice();
    for (const change of [
      pad.clear,
      pad.mirror,
      () => pad.fill({ x: 1, y: 1 }, 250),
      () => pad.load(new Uint8Array(64)),
    ]) {
      change();
      expect(pad.pixels).not.toEqual(drawn);
      pad.undo();
      expect(pad.pixels).toEqual(drawn);
    }
  });

  test('forgets what is further back than fifty steps', () => {
    const pad = createPad(4);
    for (let step = 1; step <= 60; step++) pad.load(new Uint8Array(16).fill(step));
    for (let step = 0; step < 100; step++) pad.undo();
    expect(pad.pixels[0]).toBe(10);
    expect(pad.status().canUndo).toBe(false);
  });

  test('tells of every change, and its status is the same object while nothing in it changes', () => {
    const pad = createPad(20);
    const heard = vi.fn();
    const stop = pad.subscribe(heard);
    pad.begin();
    pad.line({ x: 5, y: 5 }, { x: 6, y: 6 }, brush);
    const status = pad.status();
    pad.line({ x: 6, y: 6 }, { x: 9, y: 9 }, brush);
    expect(pad.status()).toBe(status);
    stop();
    pad.clear();
    expect(heard).toHaveBeenCalledTimes(2);
  });
});

describe('pen', () => {
  const setUp = (tool: 'brush' | 'eraser' | 'fill') => {
    const pad = createPad(20);
    return { pad, pen: createPen(() => ({ pad, tool, shade: 180, width: 4, symmetric: false })) };
  };

  test('draws only while it is down', () => {
    const { pad, pen } = setUp('brush');
    pen.move({ x: 10, y: 10 });
    expect(pad.status().empty).toBe(true);
    pen.down({ x: 4, y: 4 });
    pen.move({ x: 12, y: 4 });
    pen.up();
    pen.move({ x: 12, y: 16 });
    expect([pad.pixels[4 * 20 + 8], pad.pixels[12 * 20 + 12]]).toEqual([180, 0]);
  });

  test('the eraser draws black', () => {
    const { pad, pen } = setUp('eraser');
    pad.load(new Uint8Array(400).fill(255));
    pen.down({ x: 10, y: 10 });
    expect(pad.pixels[10 * 20 + 10]).toBe(0);
  });

  test('the fill tool fills at once and draws no line', () => {
    const { pad, pen } = setUp('fill');
    pen.down({ x: 10, y: 10 });
    expect(pen.isDown).toBe(false);
    expect(new Set(pad.pixels)).toEqual(new Set([180]));
  });
});
