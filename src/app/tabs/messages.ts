import * as v from 'valibot';
import { VERSIONS } from '../archive/records.ts';

/** What tabs send each other has the form of records, so that tabs understand each other where those have the same versions. */
export const VERSION = JSON.stringify({ tabs: 1, ...VERSIONS });

const tab = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What tabs of all versions understand. */
const plain = v.variant('type', [
  /** A tab reads along. `whole`: it knows nothing yet. */
  v.object({ type: v.literal('hello'), whole: v.boolean() }),
  /** The tab that works is there. */
  v.object({ type: v.literal('here') }),
  /** A tab asks for the work. */
  v.object({ type: v.literal('takeOver') }),
  /** The tab that works is about to give the work to the tab `to`. */
  v.object({ type: v.literal('handingOver'), to: tab }),
  /** Everything is stored, and the tab `to` may take it. `goesOn`: what was under way. */
  v.object({ type: v.literal('handedOver'), to: tab, goesOn: v.unknown() }),
  /** Runs and draft of the tab that works. */
  v.object({ type: v.literal('state'), state: v.unknown() }),
]);

const envelope = v.object({ app: v.literal('fitting-room'), version: v.string(), from: tab, message: plain });

/** The runs and the draft of the tab that works: all of it, or what has changed. */
const sharedSchema = v.object({
  whole: v.boolean(),
  /** Each as a record, whose losses and accuracies begin at the step `from`. */
  runs: v.array(v.object({ number: count, from: count, record: v.unknown() })),
  removed: v.array(count),
  current: v.nullable(count),
  lastNumber: count,
  /** The data set that the draft is for, by its id, and the text of the draft. */
  dataset: v.string(),
  draft: v.string(),
});

/** A run of a queue, to come or begun; its draft as text. */
const planSchema = v.object({
  draft: v.string(),
  name: v.string(),
  judgesTest: v.exactOptional(v.boolean()),
  from: v.exactOptional(v.union([v.object({ run: count }), v.object({ plan: count })])),
  run: v.nullable(count),
});

const goesOnSchema = v.object({
  run: count,
  advance: v.picklist(['run', 'epoch', 'batch']),
  /** The queue that the run is of; null where it is of none. */
  queued: v.nullable(v.object({ purpose: v.string(), plans: v.array(planSchema) })),
});

/** A message between tabs. */
export type TabMessage = v.InferOutput<typeof plain>;

/** A message with its sender. */
export type TabEnvelope = v.InferOutput<typeof envelope>;

/** What the tab that works shares. */
export type Shared = v.InferOutput<typeof sharedSchema>;

/** A run that trained when the work was given away, and how far it was to train. */
export type GoesOn = v.InferOutput<typeof goesOnSchema>;

/** A message as it came; null where it is none. */
export function parseEnvelope(value: unknown): TabEnvelope | null {
  const result = v.safeParse(envelope, value);
  return result.success ? result.output : null;
}

/** What is shared, as it came; null where it has another form. */
export function parseShared(value: unknown): Shared | null {
  const result = v.safeParse(sharedSchema, value);
  return result.success ? result.output : null;
}

/** What goes on, as it came; null where nothing does. */
export function parseGoesOn(value: unknown): GoesOn | null {
  const result = v.safeParse(goesOnSchema, value);
  return result.success ? result.output : null;
}
