import type { DatasetSpec, Noun } from '../core/dataset/spec.ts';
import type { Picture } from '../core/imaging/picture.ts';
import type { Unlikeness } from '../core/imaging/unlikeness.ts';
import type { Preset, PresetAbout } from '../core/network/presets/preset.ts';

/** A data set that comes with the app, and what only it has. */
export interface ShippedDataset {
  readonly spec: DatasetSpec;
  /** Its folder below the page, with a slash at the end. */
  readonly folder: string;
  readonly presets: readonly [Preset, ...Preset[]];
  /** Loads what is known about the presets, by their ids. */
  readonly aboutPresets: () => Promise<Readonly<Record<string, PresetAbout>>>;
  /** Where below the page the manifest of its network that was trained before is; null where there is none. */
  readonly pretrained: string | null;
  /** What its samples are, in sentences. */
  readonly about: string;
  /** What people call the members of one of its classes, for sentences that explain by example. */
  readonly example: Noun;
  /** Who reported results validated on the test set, as the option to repeat that says; null where nobody did. */
  readonly validatedOnTest: string | null;
  /** For each class, in the order of the labels, an SVG path on 24 by 24 units that shows it; null where there are none. */
  readonly outlines: readonly string[] | null;
  /** How many test samples people get right, as a fraction, as whoever measured it reports; null where nobody did. */
  readonly humanAccuracy: number | null;
  /** Loads the steps from a photo to an image; null where there are none. */
  readonly photo: (() => Promise<PhotoPipeline>) | null;
  /** Loads how far its images lie apart; null where it was not measured. */
  readonly unlikeness: (() => Promise<Unlikeness>) | null;
  /** What the option of training on mirrored images says; null for what it says of any data set. */
  readonly flipExplanation: string | null;
}

/** How photos become images of a data set. */
export interface PhotoPipeline {
  /** A sentence on where the steps come from. */
  readonly origin: string;
  /**
   * The image of a photo with each step on the way; null where the photo has one colour all over.
   */
  imageOf(photo: Picture, choices?: PhotoChoices): PhotoImage | null;
}

/** What is chosen by hand. */
export interface PhotoChoices {
  /** Overrules the look at the background, whether it is light. */
  readonly negate?: boolean | undefined;
  /** Whether the background stays; where nothing is said, a plain one does. */
  readonly keepBackground?: boolean | undefined;
}

/** How a photo became an image. */
export interface PhotoImage {
  readonly steps: readonly PhotoStep[];
  /** As the data set stores it: [height, width]. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Whether the background was taken for light. */
  readonly negated: boolean;
  /** Of one colour; of several and removed; or of several and still there. */
  readonly background: 'plain' | 'removed' | 'busy';
}

/** One step and the picture after it. */
export interface PhotoStep {
  readonly name: string;
  /** What it does, as a sentence. */
  readonly explanation: string;
  readonly picture: Picture;
  /** False where the step had nothing to do. */
  readonly changed: boolean;
}
