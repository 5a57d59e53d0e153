import { type DatasetSpec, isSameDataset } from '../core/dataset/spec.ts';
import type { Preset, PresetAbout } from '../core/network/presets/preset.ts';
import { startingPresets } from '../core/network/presets/starting.ts';
import { SHIPPED_FASHION_MNIST } from './fashion-mnist/shipped.ts';
import type { ShippedDataset } from './shipped-dataset.ts';

/** The data set that is open when the page opens for the first time. */
export const FIRST_DATASET: ShippedDataset = SHIPPED_FASHION_MNIST;

/** The data sets beside the first one, which are loaded after the page, or before it where one of them was open last. */
interface Others {
  readonly shipped: readonly ShippedDataset[];
  /** The preset of an opened table that is recognised; null for any other data set. */
  recognise(dataset: DatasetSpec): Recognised | null;
}

interface Recognised {
  readonly preset: Preset;
  /** Whether it is the network to begin with. */
  readonly alone: boolean;
  readonly about: ShippedDataset['aboutPresets'];
}

let others: Others | null = null;

/** Called by `all-datasets.ts` as it is loaded: what needs more than the data set that is open imports that. */
export function knowOthers(loaded: Others): void {
  others = loaded;
}

/** What the app has for a data set; undefined where it did not come with the app, also where it only has the id of one that did. */
export function shippedDataset(dataset: DatasetSpec): ShippedDataset | undefined {
  return [FIRST_DATASET, ...(others?.shipped ?? [])].find(({ spec }) => isSameDataset(spec, dataset));
}

/** The presets of a data set, in the order of the picker: its own, or else networks that fit any data set of its kind, and that of a table that is recognised. */
export function presetsFor(dataset: DatasetSpec): readonly [Preset, ...Preset[]] {
  const shipped = shippedDataset(dataset)?.presets;
  if (shipped !== undefined) return shipped;
  const recognised = others?.recognise(dataset) ?? null;
  const starting = startingPresets(dataset);
  if (recognised === null) return starting;
  const { preset, alone } = recognised;
  return alone ? [preset, ...starting] : [...starting, preset];
}

/** The preset of a data set with an id; undefined where there is none. */
export function presetById(dataset: DatasetSpec, id: string): Preset | undefined {
  return presetsFor(dataset).find((preset) => preset.id === id);
}

/** What is known about a preset; rejects where that cannot be loaded. */
export async function aboutPreset({ dataset, id }: Preset): Promise<PresetAbout> {
  const shipped = shippedDataset(dataset);
  const recognised = others?.recognise(dataset) ?? null;
  const about = await (shipped !== undefined
    ? shipped.aboutPresets()
    : recognised?.preset.id === id
      ? recognised.about()
      : import('../core/network/presets/starting-about.ts').then(({ STARTING_ABOUT }) => STARTING_ABOUT));
  return about[id] ?? { source: '', note: '', figures: [] };
}
