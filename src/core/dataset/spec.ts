import { type Shape, sizeOf } from '../network/shape.ts';
import type { OpenedFiles } from './opened-files.ts';

/** The two parts of a data set: one to train on, one to test on. */
export type Split = 'train' | 'test';

/**
 * What a data set is, as a value. It goes with everything that is made from the data: networks are checked against it,
 * runs and drafts name it, programs are written for it.
 */
export interface DatasetSpec {
  /** Names the data set in drafts, runs and addresses: lower-case letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly samples: Samples;
  /** The names of the classes, in the order of the labels: two or more. */
  readonly classes: readonly string[];
  /** How many samples each part has. */
  readonly splits: Readonly<Record<Split, number>>;
  readonly words: Words;
  readonly licence: Licence;
  /** Who made the data, and where they are described. */
  readonly citation: string;
  /** Where Python libraries have the same data; null where none has. */
  readonly library: { readonly keras: string; readonly torchvision: string } | null;
  readonly capabilities: readonly Capability[];
  /** The labels that its classes have in the larger data set of which it is a part; left out where it is none. */
  readonly part?: { readonly labels: readonly number[] } | undefined;
  /** The user's own files that it was made of; left out where it comes with the app, or was not made of files alone. */
  readonly opened?: OpenedFiles | undefined;
}

/** What a sample is made of. */
export type Samples = ImageSamples | TableSamples;

/** Images of one size, row by row, the channels of a pixel side by side. */
export interface ImageSamples extends Stored {
  readonly kind: 'image';
  /** In pixels. */
  readonly height: number;
  readonly width: number;
  /** 1 for gray, 3 for red, green and blue. */
  readonly channels: number;
}

/** Rows of a table; each becomes as many values as its fields make (table.ts). */
export interface TableSamples extends Stored {
  readonly kind: 'table';
  readonly fields: readonly Field[];
  /** The column that the classes come from. */
  readonly answer: string;
  /** Its numbers from here on are the second class, those below it the first; left out where each different cell is a class. */
  readonly threshold?: number | undefined;
}

/** A column of a table as people know it, and how it becomes values for a network. */
export type Field = NumberField | CategoryField;

/** A column of numbers: one value each. */
export interface NumberField {
  readonly kind: 'number';
  readonly name: string;
  /** Such as `hPa`; empty where there is none. */
  readonly unit: string;
  /** The smallest and the largest of the training rows. */
  readonly least: number;
  readonly most: number;
  /** A number becomes `(number - mean) / deviation`, both of the training rows; null where numbers are left as they are. */
  readonly standardised: { readonly mean: number; readonly deviation: number } | null;
  /** What stands in for a missing number; null where rows without one were dropped. */
  readonly fill: number | null;
}

/** A column of categories: one value for each category, 1 for the row's own and 0 for the others (one-hot). */
export interface CategoryField {
  readonly kind: 'category';
  readonly name: string;
  /** The categories of the training rows, each once. A row with another one has 0 for all of them. */
  readonly categories: readonly string[];
  /** What stands in for a missing one; null where rows without one were dropped. */
  readonly fill: string | null;
}

/** How values are kept until a batch is made of them. */
export interface Stored {
  readonly storage: 'uint8' | 'float32';
  /** What a stored value is divided by on its way into the network: 255 for bytes that stand for 0 ... 1. */
  readonly scale: number;
}

/** A thing in words. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

/** What sentences call a sample (`image`), and what it shows (`digit`). */
export interface Words {
  readonly sample: Noun;
  readonly subject: Noun;
  /** What a class is, where it is a kind of thing (`digit`); left out, it is called a class. */
  readonly class?: Noun | undefined;
}

/** Under which terms the data may be used. */
export interface Licence {
  readonly name: string;
  readonly holder: string;
}

/** What a data set may have beyond its samples; each switches on the panel or the option that needs it. */
export const CAPABILITIES = [
  /** A drawing can be a sample: the drawing pad answers. */
  'drawing',
  /** Samples show filled shapes: an outline that is drawn is filled. */
  'solid',
  /** A photo can become a sample, by steps of the data set's own. */
  'photo',
  /** There are outlines to start a drawing from. */
  'outlines',
  /** It is known how far samples usually lie from each other, so that a drawing can be called unlike them. */
  'unlikeness',
  /** A network that was trained before comes with the app. */
  'pretrained',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** Whether a data set has something. */
export function hasCapability({ capabilities }: DatasetSpec, capability: Capability): boolean {
  return capabilities.includes(capability);
}

/** The shape of a sample as the network takes it: `[height, width, channels]` or `[values of a row]`. */
export function inputShapeOf({ samples }: DatasetSpec): Shape {
  return samples.kind === 'image' ? [samples.height, samples.width, samples.channels] : [valueCountOf(samples)];
}

/** How many values a row of a table becomes. */
export function valueCountOf({ fields }: TableSamples): number {
  return fields.reduce((sum, field) => sum + (field.kind === 'number' ? 1 : field.categories.length), 0);
}

/** How many classes there are to tell apart. */
export function classCountOf({ classes }: DatasetSpec): number {
  return classes.length;
}

/** The name of a label; a RangeError where there is no such class. */
export function classNameOf({ title, classes }: DatasetSpec, label: number): string {
  const name = classes[label];
  if (name === undefined)
    throw new RangeError(`${title} has no class ${label}: labels run from 0 to ${classes.length - 1}.`);
  return name;
}

/** How many values a sample has. */
export function sampleSizeOf(spec: DatasetSpec): number {
  return sizeOf(inputShapeOf(spec));
}

/** Bytes that a sample takes as it is stored. */
export function sampleBytesOf(spec: DatasetSpec): number {
  return sampleSizeOf(spec) * (spec.samples.storage === 'uint8' ? 1 : 4);
}

/** Whether two values describe the same data: networks and runs of the one are networks and runs of the other. */
export function isSameDataset(a: DatasetSpec, b: DatasetSpec): boolean {
  const same = (part: (spec: DatasetSpec) => unknown) => JSON.stringify(part(a)) === JSON.stringify(part(b));
  return a === b || (a.id === b.id && same(({ samples, classes, splits }) => [samples, classes, splits]));
}

/** Whether two data sets tell the same classes apart, by name and order. */
export function hasSameClasses(a: DatasetSpec, b: DatasetSpec): boolean {
  return a.classes.join('\n') === b.classes.join('\n');
}

/** Whether the values of a sample mean the same in both: pixels always do, those of tables where the columns are the same. */
export function hasSameColumns({ samples: a }: DatasetSpec, { samples: b }: DatasetSpec): boolean {
  if (a.kind === 'image' || b.kind === 'image') return a.kind === b.kind;
  return JSON.stringify(a.fields) === JSON.stringify(b.fields);
}
