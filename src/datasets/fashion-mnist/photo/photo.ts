import { cutOut, hasPlainBorder } from '../../../core/imaging/cut-out.ts';
import {
  cropped,
  negated,
  opaque,
  type Picture,
  pictureOf,
  RGB,
  type Rgb,
  rgbAt,
} from '../../../core/imaging/picture.ts';
import { type Box, centred, fittedSize, scaled } from '../../../core/imaging/resize.ts';
import type { PhotoChoices, PhotoImage, PhotoPipeline } from '../../shipped-dataset.ts';
import { IMAGE_SIZE } from '../spec.ts';
import { garmentBox } from './garment-box.ts';
import { sharpened } from './sharpen.ts';

/**
 * From a photo to what the network sees, by the steps with which the data set was made from a shop's product photos (Xiao,
 * Rasul and Vollgraf, arXiv:1708.07747, section 2). It differs for photos from a telephone: they are made smaller by averaging, where the
 * authors skipped rows and columns, and a background that is not quite white becomes black all the same. It differs for
 * images of the data set that come back enlarged: they are not trimmed by parts of a pixel, nor sharpened again where
 * scaling took no detail away.
 */

type StepName = 'cutOut' | 'trim' | 'scale' | 'sharpen' | 'centre' | 'negate' | 'gray' | 'background';

/** What each step does, for the student. */
const EXPLANATIONS: { readonly [Name in StepName]: string } = {
  cutOut:
    'Remove the background: what has the colours of the border and continues it. The largest thing left is the garment.',
  trim: 'Cut off the border: whatever is within 5 % of the colour of the corners.',
  scale: 'Scale the longest edge to 28 pixels.',
  sharpen: 'Sharpen what scaling blurred, with a Gaussian of radius and sigma 1.0.',
  centre: 'Extend to 28×28, with the garment in the middle.',
  negate: 'Negate where the background is light, so that the garment is light on black.',
  gray: 'Turn colours into 8-bit gray.',
  background: 'Make the background black, unless it was pure white in the photo.',
};

/** Below this mean difference, scaling took nothing away that is worth sharpening. */
const NO_DETAIL = 2;

/**
 * The image of a photo with each step on the way; null where the photo has one colour all over. `negate` overrules the
 * look at the background; `keepBackground` says whether it stays, as a plain one does where nothing is said.
 */
function imageOfPhoto(photo: Picture, { negate, keepBackground }: PhotoChoices = {}): PhotoImage | null {
  const given = opaque(photo);
  const isPlain = hasPlainBorder(given);
  const alone = (keepBackground ?? isPlain) ? null : cutOut(given);
  const source = alone ?? given;
  const box = garmentBox(source);
  if (box === null) return null;
  const background = backgroundOf(source);
  const isLight = negate ?? luma(background) > 127.5;
  const trimmed = cropped(source, box);
  const small = resized(source, box);
  const sharp = detailLost(trimmed, small) < NO_DETAIL ? small : sharpened(small);
  const framed = onCanvas(sharp, background);
  const turned = isLight ? negated(framed) : framed;
  const gray = grayOf(turned);
  const level = Math.round(luma(isLight ? background.map((value) => 255 - value) : background));
  const pixels = gray.map((value) => darkened(value, level));
  const step = (name: StepName, picture: Picture, changed: boolean) => ({
    name,
    explanation: EXPLANATIONS[name],
    picture,
    changed,
  });
  return {
    steps: [
      ...(alone === null ? [] : [step('cutOut', alone, true)]),
      step('trim', trimmed, trimmed.width !== source.width || trimmed.height !== source.height),
      step('scale', small, small.width !== trimmed.width || small.height !== trimmed.height),
      step('sharpen', sharp, !sameValues(sharp.data, small.data)),
      step('centre', framed, framed.width !== sharp.width || framed.height !== sharp.height),
      step('negate', turned, isLight),
      step('gray', grayPicture(gray), !sameValues(grayPicture(gray).data, turned.data)),
      step('background', grayPicture(pixels), level > 0),
    ],
    pixels,
    negated: isLight,
    background: alone !== null ? 'removed' : isPlain ? 'plain' : 'busy',
  };
}

/** The mean colour of the four corners. */
function backgroundOf(photo: Picture): Rgb {
  const [right, bottom] = [photo.width - 1, photo.height - 1];
  const corners = [rgbAt(photo, 0, 0), rgbAt(photo, right, 0), rgbAt(photo, 0, bottom), rgbAt(photo, right, bottom)];
  const mean = (channel: 0 | 1 | 2) => corners.reduce((sum, corner) => sum + corner[channel], 0) / corners.length;
  return [mean(0), mean(1), mean(2)];
}

function resized(photo: Picture, box: Box): Picture {
  const size = fittedSize(box, IMAGE_SIZE);
  const planes = RGB.map((channel) => scaled({ data: photo.data, width: photo.width, stride: 4, channel }, box, size));
  return planesAsPicture(planes, size.width, size.height);
}

/** How far, on average, a pixel is from the one that it became part of, 0 ... 255. */
function detailLost(photo: Picture, small: Picture): number {
  const { width, height, data } = photo;
  let lost = 0;
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * small.height) / height) * small.width;
    for (let x = 0; x < width; x++) {
      const [from, to] = [(y * width + x) * 4, (row + Math.floor((x * small.width) / width)) * 4];
      for (const channel of RGB) lost += Math.abs((data[from + channel] ?? 0) - (small.data[to + channel] ?? 0));
    }
  }
  return lost / (width * height * RGB.length);
}

function onCanvas(garment: Picture, background: Rgb): Picture {
  const planes = RGB.map((channel) => {
    const values = garment.data.filter((_, i) => i % 4 === channel);
    return centred(values, garment, IMAGE_SIZE, background[channel]);
  });
  return planesAsPicture(planes, IMAGE_SIZE.width, IMAGE_SIZE.height);
}

function planesAsPicture(planes: readonly Float64Array[], width: number, height: number): Picture {
  const value = (channel: number, at: number) => planes[channel]?.[at] ?? 0;
  return pictureOf({ width, height }, (x, y) => {
    const at = y * width + x;
    return [value(0, at), value(1, at), value(2, at)];
  });
}

/** How bright a colour is, 0 ... 255, by the weights of Rec. 709. */
function luma([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function grayOf(picture: Picture): Uint8Array<ArrayBuffer> {
  const { width, height } = picture;
  return Uint8Array.from({ length: width * height }, (_, i) =>
    Math.round(luma(rgbAt(picture, i % width, Math.floor(i / width)))),
  );
}

/** A gray value on a scale that starts at the background's. */
function darkened(value: number, background: number): number {
  if (background === 0 || background >= 255) return value;
  return Math.round((Math.max(0, value - background) * 255) / (255 - background));
}

function grayPicture(gray: Uint8Array): Picture {
  return pictureOf(IMAGE_SIZE, (x, y) => {
    const value = gray[y * IMAGE_SIZE.width + x] ?? 0;
    return [value, value, value];
  });
}

function sameValues(a: Uint8ClampedArray, b: Uint8ClampedArray): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** How a photo of a garment becomes an image. */
export const PHOTO: PhotoPipeline = {
  origin: "The same steps turned Zalando's photos into the data set. The network sees the last one.",
  imageOf: imageOfPhoto,
};
