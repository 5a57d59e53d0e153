import { describe, expect, test } from 'vitest';
import { place } from '../../../../src/ui/overlay/place.ts';

const viewport = { width: 1000, height: 600 };
const size = { width: 200, height: 100 };

describe('place', () => {
  test('puts a box on the wanted side, in line with its anchor', () => {
    const anchor = { left: 400, top: 300, width: 60, height: 20 };
    expect(place(anchor, size, viewport, { side: 'below', align: 'start' })).toEqual({ left: 400, top: 326 });
    expect(place(anchor, size, viewport, { side: 'above', align: 'center' })).toEqual({ left: 330, top: 194 });
    expect(place(anchor, size, viewport, { side: 'below', align: 'end' })).toEqual({ left: 260, top: 326 });
  });

  test('goes to the other side where the wanted one has no room', () => {
    const low = { left: 400, top: 560, width: 60, height: 20 };
    expect(place(low, size, viewport, { side: 'below', align: 'start' }).top).toBe(454);
    const high = { left: 400, top: 20, width: 60, height: 20 };
    expect(place(high, size, viewport, { side: 'above', align: 'start' }).top).toBe(46);
  });

  test('stays inside the viewport', () => {
    const corner = { left: 980, top: 590, width: 20, height: 10 };
    expect(place(corner, size, viewport, { side: 'below', align: 'start' }).left).toBe(792);
    expect(place({ ...corner, left: -50 }, size, viewport, { side: 'below', align: 'start' }).left).toBe(8);
  });
});
