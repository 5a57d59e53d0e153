import { enclosedBy } from './outline-fill.ts';
import { type Picture, pictureOf, RGB, type Rgb, rgbAt } from './picture.ts';
import { fittedSize, type Size, scaled } from './resize.ts';

/**
 * Tells the subject of a photo from a background that is not plain, as a wooden floor: what has the colours of the border and
 * continues it inwards is background, and the largest thing that is left is the subject.
 */

/** Subjects are looked for on a copy of at most this many pixels a side. */
const WORK: Size = { width: 120, height: 120 };

/** The border is this share of a side wide. */
const BORDER = 0.04;

/** How many colours a border has at most, and which share of it each must have. */
const COLOURS = 5;
const LEAST_SHARE = 0.04;

/** Up to this many standard deviations a pixel has a colour; deviations count as at least so many levels of 255. */
const DEVIATIONS = 2.6;
const LEAST_DEVIATION = 9;

/** A background is plain where this share of the border is as near to the mean colour of the corners, in levels of 255. */
const PLAIN_SHARE = 0.55;
const PLAIN_DISTANCE = 20;

/** A subject takes at least and at most this share of the photo. */
const LEAST_SUBJECT = 0.03;
const MOST_SUBJECT = 0.9;

/** A colour of the border. */
interface BorderColour {
  readonly mean: Rgb;
  /** Root mean square distance from the mean. */
  readonly deviation: number;
  /** Of all pixels of the border. */
  readonly share: number;
}

/** Whether the border of a photo has one colour, but for where the subject reaches it. */
export function hasPlainBorder(photo: Picture): boolean {
  const [right, bottom] = [photo.width - 1, photo.height - 1];
  const corners = [rgbAt(photo, 0, 0), rgbAt(photo, right, 0), rgbAt(photo, 0, bottom), rgbAt(photo, right, bottom)];
  const { mean } = colourOf(corners, 1);
  const along = (at: number) => [
    rgbAt(photo, Math.round(right * at), 0),
    rgbAt(photo, Math.round(right * at), bottom),
    rgbAt(photo, 0, Math.round(bottom * at)),
    rgbAt(photo, right, Math.round(bottom * at)),
  ];
  const border = Array.from({ length: WORK.width }, (_, i) => along(i / WORK.width)).flat();
  return border.filter((colour) => distance(colour, mean) <= PLAIN_DISTANCE).length >= PLAIN_SHARE * border.length;
}

/**
 * The photo with its background in one colour: white behind a dark subject, black behind a light one. Null where the subject
 * cannot be told from the background.
 */
export function cutOut(photo: Picture): Picture | null {
  const small = smallCopy(photo);
  const mask = subjectOf(small);
  if (mask === null) return null;
  const isDark = meanLuma(small, mask) < 127.5;
  const background: Rgb = isDark ? [255, 255, 255] : [0, 0, 0];
  return pictureOf(photo, (x, y) => {
    const [column, row] = [Math.floor((x * small.width) / photo.width), Math.floor((y * small.height) / photo.height)];
    return mask[row * small.width + column] === 1 ? rgbAt(photo, x, y) : background;
  });
}

/** The pixels of the subject: [height, width], 1 as subject; null where there is none. */
function subjectOf(photo: Picture): Uint8Array | null {
  const colours = borderColours(borderOf(photo));
  const like = Uint8Array.from({ length: photo.width * photo.height }, (_, i) => {
    const colour = rgbAt(photo, i % photo.width, Math.floor(i / photo.width));
    return colours.some(({ mean, deviation }) => distance(colour, mean) <= DEVIATIONS * deviation) ? 1 : 0;
  });
  const rest = opened(notReached(like, photo), photo);
  const subject = largestPart(rest, photo);
  const inside = enclosedBy(
    subject.map((is) => is * 255),
    photo,
    0,
  );
  const whole = subject.map((is, i) => is | (inside[i] ?? 0));
  const share = whole.reduce((sum, is) => sum + is, 0) / whole.length;
  return share >= LEAST_SUBJECT && share <= MOST_SUBJECT ? whole : null;
}

function smallCopy(photo: Picture): Picture {
  const box = { left: 0, top: 0, right: photo.width, bottom: photo.height };
  const size = photo.width <= WORK.width && photo.height <= WORK.height ? photo : fittedSize(box, WORK);
  const planes = RGB.map((channel) => scaled({ data: photo.data, width: photo.width, stride: 4, channel }, box, size));
  return pictureOf(size, (x, y) => planes.map((plane) => plane[y * size.width + x] ?? 0));
}

function borderOf(photo: Picture): readonly Rgb[] {
  const { width, height } = photo;
  const wide = Math.max(2, Math.round(Math.min(width, height) * BORDER));
  const colours: Rgb[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (Math.min(x, y, width - 1 - x, height - 1 - y) < wide) colours.push(rgbAt(photo, x, y));
  return colours;
}

/** The colours of a border (k-means from even steps of brightness), without rare ones: a subject may reach the border. */
function borderColours(border: readonly Rgb[]): readonly BorderColour[] {
  const sorted = border.toSorted((a, b) => luma(a) - luma(b));
  let means: readonly Rgb[] = Array.from(
    { length: COLOURS },
    (_, k) => sorted[Math.floor(((k + 0.5) / COLOURS) * sorted.length)] ?? [0, 0, 0],
  );
  let groups: readonly (readonly Rgb[])[] = [];
  for (let round = 0; round < 8; round++) {
    const nearest = border.map((colour) => {
      const distances = means.map((mean) => distance(colour, mean));
      return distances.indexOf(Math.min(...distances));
    });
    groups = means.map((_, k) => border.filter((_colour, i) => nearest[i] === k));
    means = means.map((mean, k) => {
      const group = groups[k] ?? [];
      return group.length === 0 ? mean : colourOf(group, 1).mean;
    });
  }
  return groups
    .filter((group) => group.length > 0)
    .map((group) => colourOf(group, group.length / border.length))
    .filter(({ share }) => share >= LEAST_SHARE);
}

function colourOf(group: readonly Rgb[], share: number): BorderColour {
  const meanOf = (channel: 0 | 1 | 2) => group.reduce((sum, colour) => sum + colour[channel], 0) / group.length;
  const mean: Rgb = [meanOf(0), meanOf(1), meanOf(2)];
  const variance = group.reduce((sum, colour) => sum + distance(colour, mean) ** 2, 0) / group.length;
  return { mean, deviation: Math.max(LEAST_DEVIATION, Math.sqrt(variance)), share };
}

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function luma([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function meanLuma(photo: Picture, mask: Uint8Array): number {
  let [sum, count] = [0, 0];
  mask.forEach((is, i) => {
    if (is === 0) return;
    sum += luma(rgbAt(photo, i % photo.width, Math.floor(i / photo.width)));
    count++;
  });
  return sum / count;
}

/** The pixels that cannot be reached from the border over marked ones. */
function notReached(marks: Uint8Array, { width, height }: Size): Uint8Array {
  const rest = new Uint8Array(marks.length).fill(1);
  const onBorder = (i: number) => i < width || i >= width * (height - 1) || i % width === 0 || i % width === width - 1;
  const waiting = [...marks.keys()].filter((i) => marks[i] === 1 && onBorder(i));
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    if (rest[i] === 0) continue;
    rest[i] = 0;
    for (const next of beside(i, { width, height })) if (marks[next] === 1 && rest[next] === 1) waiting.push(next);
  }
  return rest;
}

/** Without what is thinner than three pixels, as the gaps between boards. */
function opened(marks: Uint8Array, size: Size): Uint8Array {
  const every = (of: Uint8Array, value: number) =>
    of.map((is, i) => {
      if (is === value) return value;
      return around(i, size).some((near) => of[near] === value) ? value : is;
    });
  return every(every(marks, 0), 1);
}

/** Of all connected parts the largest. */
function largestPart(marks: Uint8Array, size: Size): Uint8Array {
  const part = new Int32Array(marks.length);
  const areas = [0];
  marks.forEach((is, start) => {
    if (is === 0 || part[start] !== 0) return;
    const number = areas.length;
    let area = 0;
    const waiting = [start];
    part[start] = number;
    for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
      area++;
      for (const next of beside(i, size)) {
        if (marks[next] === 0 || part[next] !== 0) continue;
        part[next] = number;
        waiting.push(next);
      }
    }
    areas.push(area);
  });
  const largest = areas.indexOf(Math.max(...areas));
  return marks.map((is, i) => (is === 1 && part[i] === largest ? 1 : 0));
}

function beside(i: number, { width, height }: Size): readonly number[] {
  const x = i % width;
  const all = [i - width, i + width, x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1];
  return all.filter((next) => next >= 0 && next < width * height);
}

function around(i: number, size: Size): readonly number[] {
  return beside(i, size).flatMap((near) => [near, ...beside(near, size).filter((next) => isCorner(i, next, size))]);
}

/** Whether two pixels touch at a corner. */
function isCorner(a: number, b: number, { width }: Size): boolean {
  return Math.abs((a % width) - (b % width)) === 1 && Math.abs(Math.floor(a / width) - Math.floor(b / width)) === 1;
}
