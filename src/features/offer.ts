import type { StoreApi } from 'zustand/vanilla';
import type { Assignment } from '../core/classroom/assignment.ts';
import { type DatasetSpec, isSameDataset } from '../core/dataset/spec.ts';
import { shapeText } from '../core/network/shape.ts';
import { TASK_HASH } from '../core/sharing/shared-hash.ts';
import { isFor, type SharedSetup, setupOf } from '../core/sharing/shared-setup.ts';
import { countText } from '../core/text/number-text.ts';
import type { Setup } from '../core/training/setup.ts';
import { SHIPPED_DATASETS } from '../datasets/all-datasets.ts';
import type { DatasetSource } from '../protocol/commands.ts';
import { readAssignment } from '../state/assignment-text.ts';
import type { Draft } from '../state/draft.ts';
import { ownSource, shippedSource } from './dataset-sources.ts';
import type { LabContents, LabFiles } from './lab-files.ts';
import { readHash, textOfHash } from './link.ts';
import type { OwnData } from './own-data.ts';

/** A draft that was sent, and where its data set is; `source` is null where the data set is open. */
export interface Offer {
  readonly setup: Setup;
  readonly source: DatasetSource | null;
}

/** What a link or a file brings. */
export interface Found {
  readonly shared: SharedSetup;
  /** The draft, or why it cannot be opened, as a sentence. */
  readonly offer: Offer | { readonly problem: string };
  /** What else a file has; null of a link. */
  readonly contents: LabContents | null;
  /** The assignment that it is; null where it is none. */
  readonly assignment: Assignment | null;
}

/** What was found, or why it cannot be opened, as a sentence. */
export type Finding = Found | { readonly problem: string };

/** What a link is read with. */
export interface Surroundings {
  /** The data set that is open. */
  readonly open: DatasetSpec;
  readonly ownData: OwnData;
  readonly files: LabFiles | null;
}

/** Reads a link or a file, and looks for its data set: the one that is open, those that come with the app, and the user's own. */
export async function find(from: File | string, { open, ownData, files }: Surroundings): Promise<Finding> {
  const around = { open, ownData, files };
  if (typeof from === 'string') return from.startsWith(TASK_HASH) ? findTask(from, around) : findShared(from, around);
  const reading = (await (await files?.())?.read(from)) ?? {
    problem: 'This page cannot read files yet. Try again in a moment.',
  };
  if ('problem' in reading) return reading;
  const { shared, assignment } = reading.contents;
  if (assignment !== null) return await assignmentIn(assignment, around);
  // Runs can be looked at without their data set.
  return { shared, offer: await offerOf(shared, open, ownData), contents: reading.contents, assignment: null };
}

async function findShared(hash: string, { open, ownData }: Surroundings): Promise<Finding> {
  const reading = await readHash(hash);
  if ('problem' in reading) return reading;
  const offer = await offerOf(reading.shared, open, ownData);
  return 'problem' in offer ? offer : { shared: reading.shared, offer, contents: null, assignment: null };
}

async function findTask(hash: string, around: Surroundings): Promise<Finding> {
  return await assignmentIn((await textOfHash(hash.slice(TASK_HASH.length))) ?? '', around);
}

async function assignmentIn(text: string, { open, ownData }: Surroundings): Promise<Finding> {
  const reading = readAssignment(text);
  if ('problem' in reading) return reading;
  const { assignment } = reading;
  const offer = await offerOf(assignment.start, open, ownData);
  return 'problem' in offer ? offer : { shared: assignment.start, offer, contents: null, assignment };
}

async function offerOf(shared: SharedSetup, open: DatasetSpec, ownData: OwnData): Promise<Found['offer']> {
  const source = isFor(shared, open) ? null : await sourceFor(shared, ownData);
  if (typeof source === 'string') return { problem: missingText(shared, source) };
  const made = setupOf(shared, source?.expected ?? open);
  return 'problem' in made ? made : { setup: made.setup, source };
}

/** Why there is no data set: this browser does not have it, or it cannot be told. */
type Lack = 'missing' | 'unlisted';

/** Where the data set of a network is that was sent. */
async function sourceFor(shared: SharedSetup, ownData: OwnData): Promise<DatasetSource | Lack> {
  const shipped = SHIPPED_DATASETS.find(({ spec }) => isFor(shared, spec));
  if (shipped !== undefined) return shippedSource(shipped);
  const found = await ownData.list().catch(() => null);
  const own = found?.sets.find(({ spec }) => isFor(shared, spec));
  if (own !== undefined) return ownSource(own.spec, ownData);
  return found === null ? 'unlisted' : 'missing';
}

function missingText({ dataset: { title, input, classes } }: SharedSetup, lack: Lack): string {
  const samples = input.length === 1 ? `rows of ${countText(input[0] ?? 0)} values` : `images of ${shapeText(input)}`;
  const why =
    lack === 'missing'
      ? 'which this browser does not have'
      : 'but the data sets of your own cannot be listed now, so that it cannot be told whether it is among them';
  return `It is for the data set “${title}” (${samples}, ${countText(classes)} classes), ${why}. Open the files of that data set under Data set, and then this again.`;
}

/** Resolves when the draft is for a data set that is being opened: then Undo leads back to the one that was kept for it. */
export function draftFor(dataset: DatasetSpec, store: StoreApi<Draft>): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSameDataset(store.getState().dataset, dataset)) return;
      stop();
      resolve();
    };
    const stop = store.subscribe(look);
    look();
  });
}
