import type { DatasetSpec, Noun } from '../core/dataset/spec.ts';
import type { Preset } from '../core/network/presets/preset.ts';
import { startingPresets } from '../core/network/presets/starting.ts';
import { FASHION_MNIST_PRESETS } from './fashion-mnist/presets/catalogue.ts';
import { FASHION_MNIST } from './fashion-mnist/spec.ts';

/** A data set that comes with the app. */
export interface ShippedDataset {
  readonly spec: DatasetSpec;
  /** Its folder below the page, with a slash at the end. */
  readonly folder: string;
  readonly presets: readonly [Preset, ...Preset[]];
  /** Where below the page the manifest of its network that was trained before is; null where there is none. */
  readonly pretrained: string | null;
  /** What its samples are, in sentences. */
  readonly about: string;
  /** What people call the members of one of its classes, for sentences that explain by example. */
  readonly example: Noun;
}

/** The data sets that come with the app; the first one is open when the page opens. */
export const SHIPPED_DATASETS: readonly [ShippedDataset, ...ShippedDataset[]] = [
  {
    spec: FASHION_MNIST,
    folder: 'data/',
    presets: FASHION_MNIST_PRESETS,
    pretrained: 'pretrained/ciutacu.json',
    about:
      "Zalando's product photos, 28×28 pixels in 256 shades of gray. Each kind of garment has 6,000 training images.",
    example: { one: 'shirt', many: 'shirts' },
  },
];

/** What the app has for a data set; undefined where it did not come with the app. */
export function shippedDataset({ id }: DatasetSpec): ShippedDataset | undefined {
  return SHIPPED_DATASETS.find(({ spec }) => spec.id === id);
}

/** The presets of a data set, in the order of the picker: its own, or else networks that fit any data set of its kind. */
export function presetsFor(dataset: DatasetSpec): readonly [Preset, ...Preset[]] {
  return shippedDataset(dataset)?.presets ?? startingPresets(dataset);
}

/** The preset of a data set with an id; undefined where there is none. */
export function presetById(dataset: DatasetSpec, id: string): Preset | undefined {
  return presetsFor(dataset).find((preset) => preset.id === id);
}
