import { at } from '../core/at.ts';
import { classCountOf, type DatasetSpec, isSameDataset, sampleBytesOf } from '../core/dataset/spec.ts';
import type { ShardArrival, StreamFailure } from '../core/dataset/stream-events.ts';
import type { WorkerEvent } from '../protocol/events.ts';

/** Images of each shard that go on the wall, and images kept of each class. */
const WALL_IMAGES_PER_SHARD = 32;
const SAMPLES_PER_CLASS = 12;

/** How many samples the wall shows. */
export const WALL_SIZE = 608;

/** One sample for show, with its class. */
export interface SampleImage {
  /** As it is stored. */
  readonly pixels: Uint8Array;
  readonly label: number;
}

/** The data set that is open, and what the page knows of it as it streams in. */
export interface DataSet {
  /** Absolute address of its folder. */
  readonly baseUrl: string;
  readonly spec: DatasetSpec;
  readonly shardsArrived: number;
  /** 0 until the first shard has arrived. */
  readonly shardsTotal: number;
  readonly trainingImages: number;
  readonly testImages: number;
  /** Classes of the test images that have arrived: [testImages]. */
  readonly testLabels: Uint8Array;
  /** Classes of the training images that have arrived: [trainingImages]. */
  readonly trainingLabels: Uint8Array;
  /** Training images that have arrived, by class. */
  readonly classCounts: readonly number[];
  /** The first training samples to arrive, in order, as they are stored. */
  readonly wall: readonly Uint8Array[];
  /** The first images of each class. */
  readonly samples: readonly (readonly SampleImage[])[];
  readonly failure: StreamFailure | null;
}

/** Whether all of it has arrived. */
export function isComplete({ shardsArrived, shardsTotal }: DataSet): boolean {
  return shardsTotal > 0 && shardsArrived === shardsTotal;
}

/** A data set of which nothing has arrived yet. */
export function emptyDataSet(baseUrl: string, spec: DatasetSpec): DataSet {
  return {
    baseUrl,
    spec,
    shardsArrived: 0,
    shardsTotal: 0,
    trainingImages: 0,
    testImages: 0,
    testLabels: new Uint8Array(),
    trainingLabels: new Uint8Array(),
    classCounts: new Array<number>(classCountOf(spec)).fill(0),
    wall: [],
    samples: Array.from({ length: classCountOf(spec) }, () => []),
    failure: null,
  };
}

/** The data set after an event of the worker; events about anything else, or about another data set, leave it as it is. */
export function dataSetAfter(data: DataSet, event: WorkerEvent): DataSet {
  if (!('baseUrl' in event) || event.baseUrl !== data.baseUrl) return data;
  if (event.type === 'datasetOpened')
    return isSameDataset(event.spec, data.spec) ? data : emptyDataSet(data.baseUrl, event.spec);
  if (event.type === 'streamFailed') return { ...data, failure: event.failure };
  const { arrival } = event;
  const progress = { shardsArrived: arrival.shardsArrived, shardsTotal: arrival.shardsTotal, failure: null };
  if (arrival.split === 'test') {
    const testLabels = labelsWith(data.testLabels, arrival);
    return { ...data, ...progress, testImages: testLabels.length, testLabels };
  }
  const images = sampleImages(arrival, data.spec);
  return {
    ...data,
    ...progress,
    trainingImages: arrival.first + arrival.labels.length,
    trainingLabels: labelsWith(data.trainingLabels, arrival),
    classCounts: data.classCounts.map((count, label) => count + countOf(arrival.labels, label)),
    wall: [...data.wall, ...images.slice(0, WALL_IMAGES_PER_SHARD).map(({ pixels }) => pixels)].slice(0, WALL_SIZE),
    samples: data.samples.map((kept, label) => moreSamples(kept, images, label)),
  };
}

/** The labels of a split with those of its next shard. */
function labelsWith(before: Uint8Array, { first, labels }: ShardArrival): Uint8Array {
  const all = new Uint8Array(first + labels.length);
  all.set(before.subarray(0, first));
  all.set(labels, first);
  return all;
}

function sampleImages({ labels, preview }: ShardArrival, spec: DatasetSpec): SampleImage[] {
  const bytes = sampleBytesOf(spec);
  return Array.from({ length: preview.length / bytes }, (_, i) => ({
    pixels: preview.subarray(i * bytes, (i + 1) * bytes),
    label: at(labels, i),
  }));
}

function countOf(labels: Uint8Array, label: number): number {
  return labels.reduce((count, other) => count + (other === label ? 1 : 0), 0);
}

function moreSamples(kept: readonly SampleImage[], images: readonly SampleImage[], label: number) {
  if (kept.length >= SAMPLES_PER_CLASS) return kept;
  return [...kept, ...images.filter((image) => image.label === label)].slice(0, SAMPLES_PER_CLASS);
}
