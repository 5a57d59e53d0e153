import { ERASE_NOISE_START } from '../../../core/training/augment.ts';
import { erasedLengths, eraseThreshold } from '../../../core/training/augmentation-parameters.ts';
import { lengthOf } from '../../step/buffer.ts';
import type { Images } from '../../step/images.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch, Uniforms } from '../dispatch.ts';
import { PCG4D } from './pcg4d.ts';
import { float, perValue } from './shader.ts';

/** How images are mirrored: not at all, by chance, or by `alternation`. */
const FLIPS = { no: 0, drawn: 1, alternating: 2 };

/**
 * `changes`: 0 where images stay as they are. `flip`: one of `FLIPS`; `mirror`: the stream of alternating flip, and the bit that
 * mirrors. `angle`: the largest one, in radians; `scale` and `brightness`: how far they may be from 1.
 */
const UNIFORMS: Uniforms = {
  fields: {
    ...{ changes: 'u32', key0: 'u32', key1: 'u32', key2: 'u32', flip: 'u32', shift: 'u32', erase: 'u32' },
    ...{ mirror0: 'u32', mirror1: 'u32', mirror2: 'u32', mirrorBit: 'u32' },
    ...{ angle: 'f32', scale: 'f32', brightness: 'f32' },
  },
  valuesAt: ({ variation }) => {
    if (variation === null) return {};
    const { spec, key, alternation } = variation;
    const [key0, key1, key2] = key;
    const [mirror0, mirror1, mirror2] = alternation?.key ?? [0, 0, 0];
    const chance = alternation === null ? FLIPS.drawn : FLIPS.alternating;
    return {
      ...{ changes: 1, key0, key1, key2, shift: spec.shift, erase: eraseThreshold(spec) },
      ...{ flip: spec.flip ? chance : FLIPS.no, mirror0, mirror1, mirror2, mirrorBit: alternation?.odd ? 0 : 1 },
      ...{ angle: (spec.rotation * Math.PI) / 180, scale: spec.scale, brightness: spec.brightness },
    };
  },
};

/** Images [batch, height, width, channels], each augmented as `core/training/augment.ts` has it, function by function. */
export function augment({ inputs: { x }, outputs: { y }, attributes }: OperationOf<'augment'>): readonly Dispatch[] {
  const { images, white } = attributes;
  const { height, width, channels } = images;
  const body = `if (call.changes == 0u) { y[i] = x[i]; return; }
  let pixel = i / ${channels}u;
  let at = vec2i(i32(pixel % ${width}u), i32(pixel / ${width}u % ${height}u));
  let image = pixel / ${width * height}u;
  y[i] = augmented(image, at, i % ${channels}u) * ${float(white)};`;
  const shader = perValue(lengthOf(y), body, functions(images, white));
  return [{ name: 'augment', reads: { x }, writes: { y }, outside: ['indices'], uniforms: UNIFORMS, ...shader }];
}

function functions(images: Images, white: number): string {
  return [PCG4D, CHANCE, ALTERNATES, lookUp(images, white), erasing(images), source(images)].join('\n');
}

/** Number `number` of an image in 24 bits, a whole number below n, and a float from -1 to 1; sine and cosine by Taylor. */
const CHANCE = `
fn bits(image: u32, number: u32) -> u32 {
  let at = 16u * image + number;
  return pcg4d(vec4u(call.key0, call.key1, call.key2, at / 4u))[at % 4u] >> 8u;
}
fn whole(image: u32, number: u32, n: i32) -> i32 { return i32((bits(image, number) * u32(n)) >> 24u); }
fn even(image: u32, number: u32) -> f32 { return f32(bits(image, number)) / 8388608.0 - 1.0; }
fn sine(t: f32) -> f32 {
  let s = t * t;
  return t * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0)));
}
fn cosine(t: f32) -> f32 {
  let s = t * t;
  return 1.0 - s / 2.0 * (1.0 - s / 12.0 * (1.0 - s / 30.0 * (1.0 - s / 56.0)));
}`;

/** A pixel's channel from 0 to 1, black outside; and the mean of the four around a place, each the more the nearer. */
function lookUp({ height, width, channels }: Images, white: number): string {
  return `
fn stored(image: u32, at: vec2i, channel: u32) -> f32 {
  if (at.x < 0 || at.y < 0 || at.x >= ${width} || at.y >= ${height}) { return 0.0; }
  return x[((image * ${height}u + u32(at.y)) * ${width}u + u32(at.x)) * ${channels}u + channel] / ${float(white)};
}
fn mixed(image: u32, place: vec2f, channel: u32) -> f32 {
  let corner = vec2i(floor(place));
  let share = place - floor(place);
  let above = mix2(stored(image, corner, channel), stored(image, corner + vec2i(1, 0), channel), share.x);
  let below = mix2(stored(image, corner + vec2i(0, 1), channel), stored(image, corner + vec2i(1, 1), channel), share.x);
  return mix2(above, below, share.y);
}
fn mix2(one: f32, other: f32, share: f32) -> f32 { return one * (1.0 - share) + other * share; }`;
}

/** Whether a pixel is erased, and the noise that is there instead. */
function erasing({ height, width, channels }: Images): string {
  const [across, down] = [erasedLengths(width), erasedLengths(height)];
  return `
fn isErased(image: u32, at: vec2i) -> bool {
  if (bits(image, 6u) >= call.erase) { return false; }
  let size = vec2i(${across.least} + whole(image, 7u, ${across.sizes}), ${down.least} + whole(image, 8u, ${down.sizes}));
  let corner = vec2i(whole(image, 9u, ${width + 1} - size.x), whole(image, 10u, ${height + 1} - size.y));
  return all(at >= corner) && all(at < corner + size);
}
fn noise(image: u32, at: vec2i, channel: u32) -> f32 {
  let value = ${ERASE_NOISE_START}u + ((image * ${height}u + u32(at.y)) * ${width}u + u32(at.x)) * ${channels}u + channel;
  return f32(pcg4d(vec4u(call.key0, call.key1, call.key2, value / 4u))[value % 4u] >> 24u) / 255.0;
}`;
}

/** Whether an image is mirrored by `core/training/alternating-flip.ts`: its position in the training set decides. */
const ALTERNATES = `
fn alternates(image: u32) -> bool {
  let sample = indices[image];
  return pcg4d(vec4u(call.mirror0, call.mirror1, call.mirror2, sample / 4u))[sample % 4u] >> 31u == call.mirrorBit;
}`;

/** A channel of a pixel after augmentation, from 0 to 1: looked up where the pixel came from. */
function source({ height, width }: Images): string {
  const [middle, centre] = [float((width - 1) / 2), float((height - 1) / 2)];
  return `
fn augmented(image: u32, at: vec2i, channel: u32) -> f32 {
  if (isErased(image, at)) { return noise(image, at, channel); }
  let most = i32(call.shift);
  let u = f32(at.x - whole(image, 1u, 2 * most + 1) + most) - ${middle};
  let v = f32(at.y - whole(image, 2u, 2 * most + 1) + most) - ${centre};
  let turn = even(image, 3u) * call.angle;
  let scale = 1.0 + even(image, 4u) * call.scale;
  let s = sine(turn) / scale;
  let c = cosine(turn) / scale;
  let across = c * u + s * v;
  let flips = select(call.flip == ${FLIPS.drawn}u && whole(image, 0u, 2) == 1, alternates(image), call.flip == ${FLIPS.alternating}u);
  let place = vec2f(${middle} + select(across, -across, flips), ${centre} + c * v - s * u);
  return min(1.0, mixed(image, place, channel) * (1.0 + even(image, 5u) * call.brightness));
}`;
}
