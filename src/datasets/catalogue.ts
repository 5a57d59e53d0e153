import { type DatasetSpec, isSameDataset } from '../core/dataset/spec.ts';
import type { Preset, PresetAbout } from '../core/network/presets/preset.ts';
import { startingPresets } from '../core/network/presets/starting.ts';
import { SHIPPED_DIGITS } from './digits/shipped.ts';
import { SHIPPED_FASHION_MNIST } from './fashion-mnist/shipped.ts';
import { SHIPPED_PENGUINS } from './penguins/shipped.ts';
import type { ShippedDataset } from './shipped-dataset.ts';
import { australianPreset } from './weather/australia.ts';
import { SHIPPED_WEATHER } from './weather/shipped.ts';

/** The data sets that come with the app; the first one is open when the page opens. */
export const SHIPPED_DATASETS: readonly [ShippedDataset, ...ShippedDataset[]] = [
  SHIPPED_FASHION_MNIST,
  SHIPPED_DIGITS,
  SHIPPED_PENGUINS,
  SHIPPED_WEATHER,
];

/** What the app has for a data set; undefined where it did not come with the app, also where it only has the id of one that did. */
export function shippedDataset(dataset: DatasetSpec): ShippedDataset | undefined {
  return SHIPPED_DATASETS.find(({ spec }) => isSameDataset(spec, dataset));
}

/** The presets of a data set, in the order of the picker: its own, or else networks that fit any data set of its kind, and that of a table that is recognised. */
export function presetsFor(dataset: DatasetSpec): readonly [Preset, ...Preset[]] {
  const shipped = shippedDataset(dataset)?.presets;
  if (shipped !== undefined) return shipped;
  const recognised = australianPreset(dataset);
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
  const recognised = australianPreset(dataset);
  const about = await (shipped !== undefined
    ? shipped.aboutPresets()
    : recognised?.preset.id === id
      ? SHIPPED_WEATHER.aboutPresets()
      : import('../core/network/presets/starting-about.ts').then(({ STARTING_ABOUT }) => STARTING_ABOUT));
  return about[id] ?? { source: '', note: '', figures: [] };
}
