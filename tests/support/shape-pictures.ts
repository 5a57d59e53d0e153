import { zipSync } from 'fflate';
import { streamKey, uniformAt } from '../../src/core/random.ts';
import { pngOf } from './png.ts';

/** The classes of the pictures, with how many there are of each: 200 in all. */
export const SHAPES = { disc: 80, frame: 50, stripes: 70 } as const;

/**
 * A picture like a photo: a shape somewhere on a ground that is lit from one side, with the noise of a camera, in any colour;
 * wide, high or square.
 */
export function shapePicture(shape: keyof typeof SHAPES, number: number): Uint8Array<ArrayBuffer> {
  const key = streamKey(Object.keys(SHAPES).indexOf(shape), 'sample', number);
  let drawn = 0;
  const chance = (least: number, most: number) => least + (most - least) * uniformAt(key, drawn++);
  const [width, height] = [48 + 16 * Math.floor(chance(0, 3)), 48 + 16 * Math.floor(chance(0, 3))];
  const size = Math.min(width, height) * chance(0.28, 0.4);
  const [x0, y0] = [chance(size, width - size), chance(size, height - size)];
  const [paint, ground] = [0, 1].map((dark) => [0, 1, 2].map(() => chance(dark ? 10 : 130, dark ? 90 : 250)));
  const [left, up] = [chance(-20, 20), chance(-20, 20)];
  const isInside = (x: number, y: number) => {
    const [across, down] = [Math.abs(x - x0), Math.abs(y - y0)];
    if (shape === 'disc') return across ** 2 + down ** 2 < size ** 2;
    const isSquare = Math.max(across, down) < size;
    return shape === 'frame'
      ? isSquare && Math.max(across, down) > 0.7 * size
      : isSquare && Math.floor(y / 5) % 2 === 0;
  };
  const rgba = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const light = (left * x) / width + (up * y) / height + chance(-12, 12);
    const colour = isInside(x, y) ? paint : ground;
    for (let channel = 0; channel < 3; channel++)
      rgba[pixel * 4 + channel] = Math.max(0, Math.min(255, (colour?.[channel] ?? 0) + light));
    rgba[pixel * 4 + 3] = 255;
  }
  return pngOf(width, height, rgba);
}

/** A zip of 200 pictures in folders of three classes, with a copy, a text, and a file that is no picture. */
export function shapesZip(): Uint8Array<ArrayBuffer> {
  const files: Record<string, Uint8Array> = {};
  for (const shape of ['disc', 'frame', 'stripes'] as const) {
    for (let i = 0; i < SHAPES[shape]; i++) files[`shapes/${shape}/${i}.png`] = shapePicture(shape, i);
  }
  const [copied = new Uint8Array()] = [files['shapes/disc/0.png']];
  files['shapes/disc/copy.png'] = copied;
  files['shapes/about.txt'] = new TextEncoder().encode('Made by the tests.');
  files['shapes/frame/broken.png'] = copied.slice(0, 200);
  return Uint8Array.from(zipSync(files, { level: 0 }));
}
