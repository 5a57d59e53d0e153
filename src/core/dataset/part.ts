import { type Capability, type DatasetSpec, type Split, sampleBytesOf } from './spec.ts';

/** Some classes of a data set, as a data set of their own. */
export interface PartChoice {
  /** Follows the title of the whole: `five classes`. */
  readonly name: string;
  /** The classes by their labels in the whole, ascending; here they are 0, 1, 2 and so on in this order. */
  readonly labels: readonly number[];
}

/** What is known of all classes together is not known of some. */
const WHOLE_ONLY: readonly Capability[] = ['outlines', 'unlikeness', 'pretrained'];

/** Some classes of a data set whose classes all have as many samples. Throws a RangeError where there are no such classes. */
export function partOf(whole: DatasetSpec, { name, labels }: PartChoice): DatasetSpec {
  const { id, title, classes, splits, capabilities } = whole;
  const names = labels.flatMap((label) => classes[label] ?? []);
  const areInOrder = labels.every((label, i) => label > (labels[i - 1] ?? -1));
  if (names.length < labels.length || !areInOrder)
    throw new RangeError(`${title} has no classes ${labels.join(', ')}.`);
  const share = (count: number) => (count / classes.length) * labels.length;
  return {
    ...whole,
    id: `${id}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
    title: `${title}, ${name}`,
    classes: names,
    splits: { train: share(splits.train), test: share(splits.test) },
    capabilities: capabilities.filter((capability) => !WHOLE_ONLY.includes(capability)),
    part: { labels },
  };
}

/** Where a part is: the folder of the whole, and the choice behind a `#`, so that its files are those of the whole. */
export function folderOfPart(folder: string, { name, labels }: PartChoice): string {
  return `${folder}#${new URLSearchParams({ name, classes: labels.join('.') })}`;
}

/** The choice in the address of a part; null where it is the address of a whole data set. */
export function partInAddress(address: string): PartChoice | null {
  const asked = new URLSearchParams(address.split('#')[1] ?? '');
  const [name, classes] = [asked.get('name'), asked.get('classes')];
  return name === null || classes === null ? null : { name, labels: classes.split('.').map(Number) };
}

/** Samples of one split with their labels. */
export interface SampleBlock {
  readonly split: Split;
  /** [n]. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** As they are stored: [n, bytes of a sample]. */
  readonly values: Uint8Array<ArrayBuffer>;
}

/** The samples of a block that belong to a part, with the labels that they have there, in their order. */
export function blockOfPart(whole: DatasetSpec, { labels: chosen }: PartChoice, block: SampleBlock): SampleBlock {
  const size = sampleBytesOf(whole);
  const places = [...block.labels.keys()].filter((at) => chosen.includes(block.labels[at] ?? -1));
  const values = new Uint8Array(places.length * size);
  for (const [i, place] of places.entries())
    values.set(block.values.subarray(place * size, (place + 1) * size), i * size);
  const labels = Uint8Array.from(places, (place) => chosen.indexOf(block.labels[place] ?? -1));
  return { split: block.split, labels, values };
}
