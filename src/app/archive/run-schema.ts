import * as v from 'valibot';
import { classCountOf, isSameDataset } from '../../core/dataset/spec.ts';
import { type Evaluation, hasAnswers, type Outcome } from '../../core/evaluation/evaluation.ts';
import { parseNetwork } from '../../core/network/network-text.ts';
import { BACKEND_CHOICES, type Backend } from '../../core/training/backend.ts';
import type { Checkpoint } from '../../core/training/checkpoint.ts';
import { parseRecipe } from '../../core/training/recipe-parse.ts';
import { recipeProblems } from '../../core/training/recipe-problems.ts';
import { specSchema } from '../../dataset/spec-schema.ts';
import { SHIPPED_DATASETS } from '../../datasets/all-datasets.ts';
import { FIRST_DATASET } from '../../datasets/catalogue.ts';
import type { KeptQueue } from '../../state/queue.ts';
import type { Run } from '../../state/run.ts';
import { thinnedSchema } from './steps-schema.ts';

/**
 * What the archive may hold of runs. The browser's database outlives versions of the app, and other programs can write to it,
 * so that nothing in it is taken for a run before it has passed these schemas.
 */

/** A run; null where a value is none of today's form. */
export function parseRun(value: unknown): Run | null {
  const result = v.safeParse(runSchema, value);
  return result.success ? result.output : null;
}

/** Answers to a set; null where a value is none of today's form. */
export function parseEvaluation(value: unknown): Evaluation | null {
  const result = v.safeParse(evaluationSchema, value);
  return result.success ? result.output : null;
}

/** A checkpoint; null where a value is none of today's form. */
export function parseCheckpoint(value: unknown): Checkpoint | null {
  const result = v.safeParse(checkpointSchema, value);
  return result.success ? result.output : null;
}

/** What the first version kept of a checkpoint: at first the weights alone. */
export type FirstWeights = Pick<Checkpoint, 'snapshot'> & Partial<Checkpoint>;

/** The weights of the first version; null where a value is none. */
export function parseFirstWeights(value: unknown): FirstWeights | null {
  const result = v.safeParse(firstWeightsSchema, value);
  return result.success ? result.output : null;
}

/** Runs that were to follow each other; null where a value is none of today's form. */
export function parseQueue(value: unknown): KeptQueue | null {
  const result = v.safeParse(queueSchema, value);
  return result.success ? result.output : null;
}

/** The number of a run, or null where there was none; undefined where a value is neither. */
export function parseCurrent(value: unknown): number | null | undefined {
  const result = v.safeParse(v.nullable(runNumber), value);
  return result.success ? result.output : undefined;
}

/** A value as JSON; an empty text where it cannot be written so, as where an object holds itself. */
function jsonOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}

const BACKENDS = BACKEND_CHOICES.filter((choice): choice is Backend => choice !== 'auto');

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const runNumber = v.pipe(v.number(), v.integer(), v.minValue(1));
/** A loss may be infinite or not a number: that is how a training fails. */
const loss = v.custom<number>((value) => typeof value === 'number');
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const floats = v.custom<Float32Array<ArrayBuffer>>((value) => value instanceof Float32Array);
const bytes = v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);
const positions = v.custom<Uint32Array<ArrayBuffer>>((value) => value instanceof Uint32Array);

/** Layers as the builder could have made them: `parseNetwork` says what is wrong with others. */
const networkSchema = v.pipe(
  v.looseObject({ layers: v.array(v.unknown()) }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const reading = parseNetwork(jsonOf(dataset.value));
    if ('network' in reading) return reading.network;
    addIssue({ message: reading.problems.join(' ') });
    return NEVER;
  }),
);

/** The data set of a run. Runs that were kept before there were several name none: they are of the one that there was. */
const datasetSchema = v.pipe(
  v.optional(specSchema, FIRST_DATASET.spec),
  // One value for one data set, wherever it can be had: what is known of it is found by identity.
  v.transform((spec) => SHIPPED_DATASETS.find((shipped) => isSameDataset(shipped.spec, spec))?.spec ?? spec),
);

/** A draft that can be trained; options of the recipe that did not exist when it was kept are as in the default recipe. */
const draftSchema = v.pipe(
  v.object({
    dataset: datasetSchema,
    network: networkSchema,
    recipe: v.looseObject({}),
    presetId: v.string(),
    change: v.string(),
  }),
  v.transform((draft) => ({ ...draft, recipe: parseRecipe(draft.recipe, draft.dataset) })),
  v.check(({ recipe, dataset }) => Object.keys(recipeProblems(recipe, dataset)).length === 0),
);

const evaluationSchema = v.pipe(
  v.object({
    set: v.picklist(['trainSample', 'validation', 'test']),
    loss,
    accuracy: share,
    indices: positions,
    labels: bytes,
    probabilities: floats,
    // What was kept before there were several data sets does not say it.
    classes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2)), classCountOf(FIRST_DATASET.spec)),
  }),
  v.check(({ indices, labels }) => indices.length === labels.length, 'Every sample has one label.'),
  v.check(
    ({ labels, probabilities, classes }) => probabilities.length === labels.length * classes,
    'Every sample has one probability a class.',
  ),
  v.check(({ labels, classes }) => labels.every((label) => label < classes), 'Labels are numbers of classes.'),
);

const judgementSchema = v.object({ loss, accuracy: share });

/** Answers, as runs have them that tabs send each other and that were kept before answers were apart; or how good they were. */
const outcomeSchema = v.lazy((value): v.GenericSchema<unknown, Outcome> => {
  const isWhole = typeof value === 'object' && value !== null && 'probabilities' in value;
  return isWhole ? evaluationSchema : judgementSchema;
});

const confusionSchema = v.pipe(
  v.array(v.array(count)),
  v.check((rows) => rows.every((row) => row.length === rows.length), 'A confusion matrix is square.'),
);

const epochSchema = v.object({
  epoch: count,
  step: count,
  trainSample: v.nullable(judgementSchema),
  validation: v.nullable(judgementSchema),
  confusion: v.nullable(confusionSchema),
  seconds: v.number(),
  judgingSeconds: v.exactOptional(v.number()),
});

const augmentationSchema = v.object({
  flip: v.boolean(),
  alternate: v.optional(v.boolean(), false),
  shift: v.number(),
  rotation: v.number(),
  scale: v.number(),
  erase: v.number(),
  brightness: v.number(),
});

const adjustmentSchema = v.object({
  step: count,
  values: v.object({
    learningRate: v.exactOptional(v.number()),
    weightDecay: v.exactOptional(v.number()),
    augmentation: v.exactOptional(augmentationSchema),
    dropout: v.exactOptional(v.nullable(v.number())),
  }),
});

const layerIds = v.nullable(v.array(v.string()));

/** Runs of the first three forms have the number of a run alone. */
const originSchema = v.union([
  v.pipe(
    runNumber,
    v.transform((run) => ({ kind: 'run', run, layers: null }) as const),
  ),
  v.variant('kind', [
    v.object({ kind: v.literal('run'), run: runNumber, layers: layerIds }),
    v.object({ kind: v.literal('shipped'), title: v.string(), layers: layerIds }),
    v.object({ kind: v.literal('file'), name: v.string(), layers: layerIds }),
  ]),
]);

const runSchema = v.pipe(
  v.object({
    number: runNumber,
    name: v.string(),
    draft: draftSchema,
    backend: v.nullable(v.picklist(BACKENDS)),
    carriedFrom: v.nullable(originSchema),
    hidden: v.boolean(),
    pinned: v.boolean(),
    phase: v.picklist(['compiling', 'training', 'paused', 'finished', 'failed']),
    stepsPerEpoch: count,
    thinned: v.exactOptional(thinnedSchema),
    losses: floats,
    accuracies: floats,
    epochs: v.array(epochSchema),
    adjustments: v.array(adjustmentSchema),
    stoppedAt: v.nullable(count),
    restoredEpoch: v.nullable(count),
    validation: v.nullable(outcomeSchema),
    test: v.nullable(outcomeSchema),
    testMirrored: v.exactOptional(judgementSchema),
    judgesTest: v.exactOptional(v.boolean()),
    evaluating: v.nullable(v.number()),
    imagesPerSecond: v.number(),
    seconds: v.number(),
    failure: v.nullable(v.string()),
    fittingBatch: v.exactOptional(v.nullable(count)),
  }),
  v.check(({ draft, validation, test, epochs }) => {
    const classes = classCountOf(draft.dataset);
    const fits = [validation, test].every(
      (outcome) => outcome === null || !hasAnswers(outcome) || outcome.classes === classes,
    );
    return fits && epochs.every(({ confusion }) => (confusion?.length ?? classes) === classes);
  }, 'Answers are for the classes of the data set.'),
  v.check(({ losses, accuracies }) => losses.length === accuracies.length, 'Every step has a loss and an accuracy.'),
);

const snapshotSchema = v.object({
  step: count,
  weights: v.array(floats),
  slots: v.array(v.array(floats)),
});

const courseSchema = v.object({
  settings: v.object({
    learningRate: v.number(),
    weightDecay: v.number(),
    augmentation: augmentationSchema,
    dropout: v.nullable(v.number()),
  }),
  lengths: v.tupleWithRest([count], count),
});

const earlyStoppingSchema = v.object({
  before: count,
  losses: v.array(loss),
  best: v.nullable(v.object({ epoch: count, snapshot: snapshotSchema })),
});

const checkpointSchema = v.object({
  snapshot: snapshotSchema,
  judgedEpochs: count,
  course: courseSchema,
  earlyStopping: v.nullable(earlyStoppingSchema),
});

const queueSchema = v.object({
  purpose: v.string(),
  plans: v.array(
    v.object({
      draft: draftSchema,
      name: v.string(),
      judgesTest: v.exactOptional(v.boolean()),
      from: v.exactOptional(v.union([v.object({ run: runNumber }), v.object({ plan: count })])),
      run: v.nullable(runNumber),
    }),
  ),
});

const firstWeightsSchema = v.object({
  snapshot: snapshotSchema,
  judgedEpochs: v.exactOptional(count),
  course: v.exactOptional(courseSchema),
  earlyStopping: v.exactOptional(v.nullable(earlyStoppingSchema)),
});
