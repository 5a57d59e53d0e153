import { toRgba } from './pixels.ts';

/** Red, green and blue, 0 ... 255. */
type Rgb = readonly [number, number, number];

/** The colours of values below 0, of 0 and above 0. */
export interface Ramp {
  readonly negative: Rgb;
  readonly zero: Rgb;
  readonly positive: Rgb;
}

/** Converts the values of a tile to the opaque RGBA bytes that a canvas takes. */
export type Painter = (values: Float32Array) => Uint8ClampedArray<ArrayBuffer>;

/** The diverging colours of the theme, as the style of an element has them. */
export function rampOf(element: Element): Ramp {
  const style = getComputedStyle(element);
  const colour = (token: string) => rgbOf(style.getPropertyValue(token).trim());
  return { negative: colour('--div-neg'), zero: colour('--surface'), positive: colour('--div-pos') };
}

/** Below 1, so that weak values show beside strong ones. */
const GRAY_CURVE = 0.6;

/** Values from 0 to `most` as gray, 0 as black. */
export function grayPainter(most: number): Painter {
  return (values) => toRgba(values.map((value) => (most > 0 ? 255 * (value / most) ** GRAY_CURVE : 0)));
}

/** Values from `-most` to `most` in the colours of a ramp. */
export function divergingPainter(most: number, ramp: Ramp): Painter {
  return (values) => painted(values, most, ramp, () => ramp.zero);
}

/**
 * Values from `-most` to `most` as a tint on an image of as many pixels, [pixels, channels] of 0 ... 255; never so strong
 * that it hides the image.
 */
export function tintPainter(most: number, ramp: Ramp, image: ArrayLike<number>, channels: number): Painter {
  const rgba = toRgba(image, channels);
  const colourAt = (at: number): Rgb => [rgba[at * 4] ?? 0, rgba[at * 4 + 1] ?? 0, rgba[at * 4 + 2] ?? 0];
  return (values) => painted(values, most / TINT, ramp, colourAt);
}

const TINT = 0.8;

function painted(values: Float32Array, most: number, ramp: Ramp, groundAt: (at: number) => Rgb) {
  const rgba = new Uint8ClampedArray(values.length * 4).fill(255);
  values.forEach((value, at) => {
    const share = most > 0 ? Math.min(1, Math.abs(value) / most) : 0;
    const colour = value < 0 ? ramp.negative : ramp.positive;
    groundAt(at).forEach((ground, i) => {
      rgba[at * 4 + i] = ground + ((colour[i] ?? 0) - ground) * share;
    });
  });
  return rgba;
}

/** A colour written as `#rrggbb`, or `#rgb` as the build shortens it; middle gray where it is written otherwise. */
function rgbOf(text: string): Rgb {
  const [, red, green, blue] = /^#(..?)(..?)(..?)$/.exec(text) ?? [];
  const part = (hex = '80') => Number.parseInt(hex.padEnd(2, hex), 16);
  return [part(red), part(green), part(blue)];
}
