import type { DatasetSpec } from '../../dataset/spec.ts';
import type { Recipe } from '../../training/recipe.ts';
import type { Network } from '../network.ts';

/** A figure that a report gives, as it gives it: what it measures, and its value. */
export interface ReportedFigure {
  readonly label: string;
  readonly value: string;
}

/** What is known about a preset; it is loaded when it is asked for. */
export interface PresetAbout {
  /** Author, work and year. */
  readonly source: string;
  /** What the report did and found, in two or three sentences. */
  readonly note: string;
  /** What the report gives beyond `Preset.reported`. */
  readonly figures: readonly ReportedFigure[];
}

/** A network and a recipe from a source. */
export interface Preset {
  /** What it is made for. */
  readonly dataset: DatasetSpec;
  readonly id: string;
  /** The text in the picker. */
  readonly title: string;
  /** Whose it is: presets of one group stand together in the picker. */
  readonly group: string;
  /** Figures as reported, as fractions; null where the report gives none. */
  readonly reported: { readonly trainAccuracy: number | null; readonly testAccuracy: number | null };
  readonly network: Network;
  readonly recipe: Recipe;
}

/** The parts of a preset, and what puts its network together. */
export interface PresetParts extends Omit<Preset, 'network'> {
  readonly network: () => Network;
}

/** A preset whose network is put together, once, when it is first asked for: those of all presets would hold up the page as it opens. */
export function presetOf({ network: build, ...facts }: PresetParts): Preset {
  let network: Network | null = null;
  return {
    ...facts,
    get network() {
      network ??= build();
      return network;
    },
  };
}
