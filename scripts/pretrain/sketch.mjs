/**
 * From a training image to what somebody might draw of it: its outline with an unsteady hand, filled or not, in one shade.
 *
 * @typedef {object} Tools the app's own code that takes part
 * @property {typeof import('../../src/core/imaging/drawing.ts').imageOf} imageOf
 * @property {typeof import('../../src/core/imaging/outline-fill.ts').enclosedBy} enclosedBy
 */

/** How often each kind is drawn: as the app fills an outline, filled in one shade, and the outline alone. */
const KINDS = /** @type {const} */ ([
  ['filled outline', 0.45],
  ['flat', 0.3],
  ['outline', 0.25],
]);

/** The shades of the pad, the first choice twice. */
const SHADES = [255, 202, 202, 140];
const LINE_SHADE = 74;
/** As `core/imaging/outline-fill.ts` fills. */
const INSIDE_SHADE = 0.72;

/** Pixels of the sketch for one of the image. */
const SCALE = 3;
/** Above this value a pixel belongs to the garment. */
const GARMENT = 24;
/** How much a pixel differs from those around it where there is a line within the garment. */
const INNER_LINE = 26;

/**
 * A sketch of an image; the image itself where nothing can be made of it.
 * @param {Uint8Array} image [side, side]
 * @param {number} side
 * @param {() => number} chance numbers from 0 to 1
 * @param {Tools} tools
 * @returns {Uint8Array<ArrayBuffer>} [side, side]
 */
export function sketchOf(image, side, chance, { imageOf, enclosedBy }) {
  const large = side * SCALE;
  const size = { width: side, height: side };
  const shape = Uint8Array.from(image, (value) => (value > GARMENT ? 255 : 0));
  if (chance() < 0.8) {
    const inside = enclosedBy(shape, size, 0);
    inside.forEach((is, i) => {
      if (is === 1) shape[i] = 255;
    });
  }
  const [fromX, fromY] = wobble(large, chance);
  const soft = chance() < 0.6 ? shape : blurred(shape, side);
  const mask = new Uint8Array(large * large);
  const inner = new Uint8Array(large * large);
  const lines = chance() < 0.5 ? linesWithin(image, side) : null;
  for (let i = 0; i < mask.length; i++) {
    const [x, y] = [fromX[i] ?? 0, fromY[i] ?? 0];
    if (sample(soft, side, x, y) > 120) mask[i] = 1;
    if (lines !== null && sample(lines, side, x, y) > INNER_LINE) inner[i] = 1;
  }
  const distance = toEdge(mask, large);
  const width = SCALE * (0.8 + chance() * 2.4);
  const kind = kindOf(chance());
  const shade = SHADES[Math.floor(chance() * SHADES.length)] ?? 202;
  const drawn = mask.map((is, i) => {
    const far = distance[i] ?? 0;
    const isLine = far <= width / 2;
    const isInner = is === 1 && inner[i] === 1 && far > width / 2 + SCALE;
    if (kind === 'flat') return is === 0 ? 0 : isInner ? LINE_SHADE : shade;
    if (isLine || isInner) return shade;
    return is === 1 && kind === 'filled outline' ? Math.round(shade * INSIDE_SHADE) : 0;
  });
  return imageOf(drawn, large, size) ?? Uint8Array.from(image);
}

/** @param {number} chance */
function kindOf(chance) {
  let sum = 0;
  for (const [kind, share] of KINDS) {
    sum += share;
    if (chance < sum) return kind;
  }
  return 'outline';
}

/**
 * Where in the image each pixel of a sketch comes from: a little turned and stretched, with waves.
 * @param {number} large
 * @param {() => number} chance
 * @returns {readonly [x: Float32Array, y: Float32Array]}
 */
function wobble(large, chance) {
  const around = () => chance() * 2 - 1;
  const angle = (around() * 7 * Math.PI) / 180;
  const [across, down] = [1 + around() * 0.12, 1 + around() * 0.12];
  const [waveX, waveY] = [waves(large, chance), waves(large, chance)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [fromX, fromY] = [new Float32Array(large * large), new Float32Array(large * large)];
  for (let i = 0; i < fromX.length; i++) {
    const [x, y] = [i % large, Math.floor(i / large)];
    const dx = (x - large / 2) * across + (waveX[y] ?? 0);
    const dy = (y - large / 2) * down + (waveY[x] ?? 0);
    fromX[i] = (dx * cos - dy * sin + large / 2) / SCALE - 0.5;
    fromY[i] = (dx * sin + dy * cos + large / 2) / SCALE - 0.5;
  }
  return [fromX, fromY];
}

/**
 * How far each place is off.
 * @param {number} length
 * @param {() => number} chance
 */
function waves(length, chance) {
  const parts = Array.from({ length: 3 }, () => ({
    amplitude: (chance() * 2 - 1) * 0.2 * SCALE,
    rate: ((1 + chance() * 5) * 2 * Math.PI) / length,
    phase: chance() * 2 * Math.PI,
  }));
  return Float32Array.from({ length }, (_, i) =>
    parts.reduce((sum, { amplitude, rate, phase }) => sum + amplitude * Math.sin(rate * i + phase), 0),
  );
}

/**
 * How much each pixel differs from those around it.
 * @param {Uint8Array} image
 * @param {number} side
 */
function linesWithin(image, side) {
  return blurred(image, side).map((mean, i) => Math.abs((image[i] ?? 0) - mean));
}

/**
 * The mean of the nine pixels around each.
 * @param {Uint8Array} image
 * @param {number} side
 */
function blurred(image, side) {
  const sums = new Float32Array(image.length);
  for (let i = 0; i < image.length; i++)
    for (let k = 0; k < 9; k++) {
      const near = at(image, side, (i % side) + (k % 3) - 1, Math.floor(i / side) + Math.floor(k / 3) - 1);
      sums[i] = (sums[i] ?? 0) + near / 9;
    }
  return sums;
}

/**
 * @param {ArrayLike<number>} image
 * @param {number} side
 * @param {number} x
 * @param {number} y
 */
function at(image, side, x, y) {
  return x < 0 || y < 0 || x >= side || y >= side ? 0 : (image[y * side + x] ?? 0);
}

/**
 * A value between four pixels.
 * @param {ArrayLike<number>} image
 * @param {number} side
 * @param {number} x
 * @param {number} y
 */
function sample(image, side, x, y) {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const above = at(image, side, left, top) * (1 - right) + at(image, side, left + 1, top) * right;
  const below = at(image, side, left, top + 1) * (1 - right) + at(image, side, left + 1, top + 1) * right;
  return above + (below - above) * (y - top);
}

/**
 * About how many pixels it is from each to the edge of the mask (chamfer distances, there and back).
 * @param {Uint8Array} mask [side, side]
 * @param {number} side
 */
function toEdge(mask, side) {
  const far = new Float32Array(mask.length).fill(1e6);
  for (let i = 0; i < mask.length; i++) {
    const x = i % side;
    const isEdge =
      mask[i] === 1 &&
      (x === 0 || x === side - 1 || !mask[i - 1] || !mask[i + 1] || !mask[i - side] || !mask[i + side]);
    if (isEdge) far[i] = 0;
  }
  for (let i = 0; i < far.length; i++) relax(far, side, i, -1);
  for (let i = far.length - 1; i >= 0; i--) relax(far, side, i, 1);
  return far;
}

/**
 * Takes over the distances of the neighbours before (-1) or after (1).
 * @param {Float32Array} far
 * @param {number} side
 * @param {number} i
 * @param {-1 | 1} step
 */
function relax(far, side, i, step) {
  const beside = far[i + step] ?? 1e6;
  const next = far[i + step * side] ?? 1e6;
  const across = Math.min(far[i + step * (side + 1)] ?? 1e6, far[i + step * (side - 1)] ?? 1e6);
  far[i] = Math.min(far[i] ?? 1e6, beside + 1, next + 1, across + Math.SQRT2);
}
