import { type NumericField, numericProblems } from '../network/numeric-field.ts';

/** How training images are varied, differently at each step. All-zero options leave them as they are. */
export interface AugmentationSpec {
  /** Whether half of the images are mirrored left to right. */
  readonly flip: boolean;
  /** Whether mirrored images are those of `alternating-flip.ts` rather than drawn at each step; says nothing without `flip`. */
  readonly alternate: boolean;
  /** The most pixels an image is moved along each axis, in whole pixels: a random crop of the image with a black border. */
  readonly shift: number;
  /** The largest angle an image is turned by either way, in degrees. */
  readonly rotation: number;
  /** How far the scale may be from 1 either way. */
  readonly scale: number;
  /** The share of images of which a rectangle is erased. */
  readonly erase: number;
  /** How far the factor on all gray values may be from 1 either way. */
  readonly brightness: number;
}

/** The options that are numbers. */
export type AugmentationNumber = Exclude<keyof AugmentationSpec, 'flip' | 'alternate'>;

/** Images as they are. */
export const NO_AUGMENTATION: AugmentationSpec = {
  flip: false,
  alternate: false,
  shift: 0,
  rotation: 0,
  scale: 0,
  erase: 0,
  brightness: 0,
};

/** Whether any image is changed at all. */
export function isAugmented({ flip, alternate: _, ...numbers }: AugmentationSpec): boolean {
  return flip || Object.values(numbers).some((value) => value > 0);
}

/** Whether images are mirrored by turns, as `alternating-flip.ts` has it. */
export function isAlternating({ flip, alternate }: AugmentationSpec): boolean {
  return flip && alternate;
}

/** One sentence for a student on the switch `flip`, for data of which nothing more is known. */
export const FLIP_EXPLANATION =
  'Mirrors half of the images left to right: safe where the mirror image still shows the same class.';

/** One sentence for a student on the switch `alternate`. */
export const ALTERNATE_EXPLANATION =
  'Draws once which half is mirrored, and mirrors the other half in every other epoch: two epochs show each image both ways, so that a short training sees more.';

/** The numeric options, in the order of the form. */
export const AUGMENTATION_FIELDS: readonly NumericField<AugmentationNumber>[] = [
  {
    option: 'shift',
    label: 'Shift',
    type: 'integer',
    min: 0,
    max: 8,
    steps: [0, 1, 2, 3, 4],
    explanation:
      'Moves each image by up to this many pixels in each direction, cropping what falls outside; usual: 2 to 4.',
  },
  {
    option: 'rotation',
    label: 'Rotation',
    type: 'number',
    min: 0,
    max: 45,
    steps: [0, 5, 10, 15, 20, 30],
    explanation: 'Turns each image by up to this many degrees either way; usual: 5 to 15.',
  },
  {
    option: 'scale',
    label: 'Scale',
    type: 'number',
    min: 0,
    max: 0.5,
    steps: [0, 0.05, 0.1, 0.2, 0.3],
    explanation: 'Shrinks or enlarges each image by up to this share; usual: 0.1 to 0.2.',
  },
  {
    option: 'erase',
    label: 'Erase',
    type: 'number',
    min: 0,
    max: 1,
    steps: [0, 0.25, 0.5, 1],
    explanation: 'Covers a random rectangle with noise in this share of the images; usual: 0.25 to 0.5.',
  },
  {
    option: 'brightness',
    label: 'Brightness',
    type: 'number',
    min: 0,
    max: 0.9,
    steps: [0, 0.1, 0.2, 0.3, 0.5],
    explanation: 'Makes each image darker or brighter by up to this share; usual: 0.1 to 0.3.',
  },
];

/** Everything wrong with the options, by option. */
export function augmentationProblems(spec: AugmentationSpec): Partial<Record<AugmentationNumber, string>> {
  return numericProblems(AUGMENTATION_FIELDS, spec);
}
