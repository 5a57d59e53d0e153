/** @typedef {import('../../src/core/training/recipe.ts').Recipe} Recipe */

/** Enough for differences to show, and few enough to compare many. */
const EPOCHS = 4;

const NOTHING = { rotation: 0, scale: 0, erase: 0, brightness: 0, flip: false, alternate: false, shift: 0 };
const MOVED = { ...NOTHING, flip: true, shift: 2 };

/** One change each of a recipe: that of the fast residual network, on images that are mirrored and shifted. @type {readonly (readonly [id: string, what: string, change: Partial<Recipe>, why: string])[]} */
const CHANGES = [
  [
    'as-it-is',
    'Muon, one cycle, label smoothing, flips, shifts of up to two pixels',
    {},
    'What the lines below are compared with. Its two seeds differ by three tenths of a point in the test.',
  ],
  [
    'adamw',
    'AdamW in place of Muon',
    { optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 } },
    'Muon is worth more than half a point.',
  ],
  [
    'constant-rate',
    'The same learning rate from first to last in place of one cycle',
    { schedule: { kind: 'constant' } },
    'One cycle is worth two points: the last steps must be small.',
  ],
  [
    'higher-rate',
    'At twice the learning rate',
    { learningRate: 0.02 },
    'In the test no more than another seed would change.',
  ],
  [
    'no-smoothing',
    'Without label smoothing',
    { labelSmoothing: 0 },
    'In the test no more than another seed would change.',
  ],
  [
    'larger-batches',
    'Batches of 256 at 1.4 times the rate',
    { batchSize: 256, learningRate: 0.014 },
    'In the test no more than another seed would change.',
  ],
  [
    'averaged-weights',
    'Judged by an average of the weights',
    { weightAveraging: 0.99 },
    'In the test no more than another seed would change: at the end of a cycle the weights hardly move.',
  ],
  [
    'alternating-flip',
    'Flips that alternate',
    { augmentation: { ...MOVED, alternate: true } },
    'In the test no more than another seed would change.',
  ],
  [
    'flips-only',
    'Flips without shifts',
    { augmentation: { ...MOVED, shift: 0 } },
    'Most of what augmentation costs is the shifts.',
  ],
  [
    'no-augmentation',
    'Images as they are',
    { augmentation: NOTHING },
    'In so few epochs augmentation has little to prevent, and makes the task harder. So the preset has no augmentation; the small residual network, with twelve epochs, has.',
  ],
];

/** What each part of a recipe for a short training is worth. @type {readonly import('./experiments.mjs').Experiment[]} */
export const WHAT_PAYS = CHANGES.map(([id, what, change, why]) => ({
  id: `pays-${id}`,
  source: 'What pays in a short training',
  what,
  claim: 'no report',
  preset: 'fast-residual',
  recipe: { augmentation: MOVED, testTimeFlip: true, ...change, epochs: EPOCHS },
  seeds: 2,
  why,
}));
