import { expect, test } from 'vitest';
import { decodePicture } from '../../src/dataset/reading/images/decode-picture.ts';

const UPLOADS = import.meta.glob<string>('../fixtures/uploads/*.*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function upload(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(UPLOADS[`../fixtures/uploads/${name}`] ?? '')).arrayBuffer());
}

/** A BMP of two pixels, red and blue, one above the other: its rows run upwards. */
function bmp(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(62);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, 62, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, 1, true);
  view.setInt32(22, 2, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  bytes.set([255, 0, 0, 0, 0, 0, 255, 0], 54);
  return bytes;
}

test.each(['boot.png', 'boot.jpg', 'boot-progressive.jpg', 'boot-turned.jpg', 'boot.gif', 'boot.webp'])(
  '%s is decoded upright: a boot with its shaft on the left and its sole below',
  async (name) => {
    const { width, height, data } = await decodePicture(await upload(name));
    expect([width, height]).toEqual([60, 40]);
    const red = (x: number, y: number) => data[(y * width + x) * 4] ?? -1;
    expect([red(0, 0), red(30, 10)].every((value) => value > 240)).toBe(true);
    expect([red(15, 15), red(30, 30)].every((value) => value < 60)).toBe(true);
  },
);

test('a BMP is decoded', async () => {
  const { width, height, data } = await decodePicture(bmp());
  expect([width, height]).toEqual([1, 2]);
  expect(Array.from(data)).toEqual([255, 0, 0, 255, 0, 0, 255, 255]);
});

test.each([
  ['huge.png', 'has 20,000×20,000 pixels'],
  ['animated.gif', 'is animated'],
])('%s is left out before it is decoded', async (name, why) => {
  await expect(decodePicture(await upload(name))).rejects.toThrow(why);
});

test('a picture that is cut short is left out', async () => {
  const whole = await upload('boot.png');
  await expect(decodePicture(whole.slice(0, 60))).rejects.toThrow('is damaged');
});
