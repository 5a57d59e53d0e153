import { IMAGE_BYTES, type ShardArrival, type StreamFailure } from '../core/dataset/stream-events.ts';
import { CLASS_COUNT } from '../core/network/shape.ts';
import type { WorkerEvent } from '../protocol/events.ts';

/** Images of each shard that go on the wall, and images kept of each class. */
const WALL_IMAGES_PER_SHARD = 32;
const SAMPLES_PER_CLASS = 12;

/** How many garments the wall shows. */
export const WALL_SIZE = 608;

/** One image for show, with its class. */
export interface SampleImage {
  readonly pixels: Uint8Array;
  readonly label: number;
}

/** What the page knows of the data set as it streams in. */
export interface DataSet {
  readonly shardsArrived: number;
  /** 0 until the first shard has arrived. */
  readonly shardsTotal: number;
  readonly trainingImages: number;
  readonly testImages: number;
  /** Classes of the test images that have arrived: [testImages]. */
  readonly testLabels: Uint8Array;
  /** Training images that have arrived, by class. */
  readonly classCounts: readonly number[];
  /** The first garments to arrive, in order: [784] each. */
  readonly wall: readonly Uint8Array[];
  /** The first images of each class. */
  readonly samples: readonly (readonly SampleImage[])[];
  readonly failure: StreamFailure | null;
}

export const NO_DATA: DataSet = {
  shardsArrived: 0,
  shardsTotal: 0,
  trainingImages: 0,
  testImages: 0,
  testLabels: new Uint8Array(),
  classCounts: new Array<number>(CLASS_COUNT).fill(0),
  wall: [],
  samples: Array.from({ length: CLASS_COUNT }, () => []),
  failure: null,
};

/** The data set after an event of the worker; events about anything else leave it as it is. */
export function dataSetAfter(data: DataSet, event: WorkerEvent): DataSet {
  if (event.type === 'streamFailed') return { ...data, failure: event.failure };
  if (event.type !== 'shardArrived') return data;
  const { arrival } = event;
  const progress = { shardsArrived: arrival.shardsArrived, shardsTotal: arrival.shardsTotal, failure: null };
  if (arrival.split === 'test') {
    const testLabels = Uint8Array.of(...data.testLabels.subarray(0, arrival.first), ...arrival.labels);
    return { ...data, ...progress, testImages: testLabels.length, testLabels };
  }
  const images = sampleImages(arrival);
  return {
    ...progress,
    trainingImages: arrival.first + arrival.labels.length,
    testImages: data.testImages,
    testLabels: data.testLabels,
    classCounts: data.classCounts.map((count, label) => count + countOf(arrival.labels, label)),
    wall: [...data.wall, ...images.slice(0, WALL_IMAGES_PER_SHARD).map(({ pixels }) => pixels)].slice(0, WALL_SIZE),
    samples: data.samples.map((kept, label) => moreSamples(kept, images, label)),
  };
}

function sampleImages({ labels, preview }: ShardArrival): SampleImage[] {
  return Array.from({ length: preview.length / IMAGE_BYTES }, (_, i) => ({
    pixels: preview.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES),
    label: labels[i] ?? 0,
  }));
}

function countOf(labels: Uint8Array, label: number): number {
  return labels.reduce((count, other) => count + (other === label ? 1 : 0), 0);
}

function moreSamples(kept: readonly SampleImage[], images: readonly SampleImage[], label: number) {
  if (kept.length >= SAMPLES_PER_CLASS) return kept;
  return [...kept, ...images.filter((image) => image.label === label)].slice(0, SAMPLES_PER_CLASS);
}
