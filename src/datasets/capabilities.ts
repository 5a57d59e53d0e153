import { type Capability, type DatasetSpec, hasCapability, type ImageSamples } from '../core/dataset/spec.ts';
import type { Unlikeness } from '../core/imaging/unlikeness.ts';
import { FLIP_EXPLANATION } from '../core/training/augmentation.ts';
import { shippedDataset } from './catalogue.ts';
import type { PhotoPipeline, ShippedDataset } from './shipped-dataset.ts';

/** The images that a drawing becomes; null where the data set cannot be drawn. Drawings are gray, and stored as bytes. */
export function drawingOf(spec: DatasetSpec): ImageSamples | null {
  const { samples } = spec;
  if (!hasCapability(spec, 'drawing') || samples.kind !== 'image') return null;
  return samples.channels === 1 && samples.storage === 'uint8' ? samples : null;
}

/** Whether an outline that is drawn is filled before the network sees it. */
export function fillsOutlines(spec: DatasetSpec): boolean {
  return drawingOf(spec) !== null && hasCapability(spec, 'solid');
}

/** For each class an SVG path on 24 by 24 units that shows it; null where the data set has none. */
export function outlinesOf(spec: DatasetSpec): readonly string[] | null {
  return matterOf(spec, 'outlines', ({ outlines }) => outlines);
}

/** Loads the steps by which a photo becomes a sample; null where there are none. */
export function photoOf(spec: DatasetSpec): (() => Promise<PhotoPipeline>) | null {
  return matterOf(spec, 'photo', ({ photo }) => photo);
}

/** Loads how far samples usually lie from each other; null where it is not known. */
export function unlikenessOf(spec: DatasetSpec): (() => Promise<Unlikeness>) | null {
  return matterOf(spec, 'unlikeness', ({ unlikeness }) => unlikeness);
}

/** One sentence for a student on the switch `flip` of the augmentation. */
export function flipExplanationOf(spec: DatasetSpec): string {
  return shippedDataset(spec)?.flipExplanation ?? FLIP_EXPLANATION;
}

/** What came with the app for a capability of a data set; null where the data set does not have it, or nothing came. */
function matterOf<Matter>(
  spec: DatasetSpec,
  capability: Capability,
  select: (shipped: ShippedDataset) => Matter | null,
): Matter | null {
  const shipped = shippedDataset(spec);
  return shipped !== undefined && hasCapability(spec, capability) ? select(shipped) : null;
}
