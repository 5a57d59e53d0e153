import * as v from 'valibot';
import { LONGEST_PATH, TABLE_ENCODINGS } from '../core/dataset/opened-files.ts';
import { CAPABILITIES } from '../core/dataset/spec.ts';

/**
 * The form of a `DatasetSpec`, for what comes from files and from storage. Its parts are limited before anything is made by
 * them: at most 100 classes, 1,000 columns of at most 1,000 categories, 1,024 pixels a side and 16 channels.
 */

/** A whole number within a range. */
export const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const text = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
const noun = v.pipe(v.object({ one: text(40), many: text(40) }), v.readonly());

const stored = {
  storage: v.picklist(['uint8', 'float32']),
  scale: v.pipe(v.number(), v.finite(), v.gtValue(0)),
};

const image = v.object({
  kind: v.literal('image'),
  height: whole(1, 1024),
  width: whole(1, 1024),
  channels: whole(1, 16),
  ...stored,
});

const number = v.pipe(v.number(), v.finite());

const numberField = v.object({
  kind: v.literal('number'),
  name: text(60),
  unit: v.pipe(v.string(), v.maxLength(20)),
  least: number,
  most: number,
  standardised: v.nullable(v.pipe(v.object({ mean: number, deviation: v.pipe(number, v.gtValue(0)) }), v.readonly())),
  fill: v.nullable(number),
});

const categoryField = v.object({
  kind: v.literal('category'),
  name: text(60),
  categories: v.pipe(v.array(text(60)), v.minLength(1), v.maxLength(1000), v.readonly()),
  fill: v.nullable(text(60)),
});

const table = v.object({
  kind: v.literal('table'),
  fields: v.pipe(
    v.array(v.variant('kind', [numberField, categoryField])),
    v.minLength(1),
    v.maxLength(1000),
    v.readonly(),
  ),
  answer: text(60),
  threshold: v.optional(number),
  ...stored,
});

const column = v.object({ name: text(60), unit: v.pipe(v.string(), v.maxLength(20)) });

/** The form of tables before there were fields: columns of numbers, of which no range was known. */
const formerTable = v.pipe(
  v.object({
    kind: v.literal('table'),
    columns: v.pipe(v.array(column), v.minLength(1), v.maxLength(1000)),
    ...stored,
  }),
  // In the order of a table of today, as which it is kept: data sets are compared as texts.
  v.transform(({ kind, columns, ...rest }) => ({ kind, fields: columns.map(fieldOfColumn), answer: 'class', ...rest })),
);

function fieldOfColumn(named: v.InferOutput<typeof column>): v.InferOutput<typeof numberField> {
  return { kind: 'number', ...named, least: 0, most: 1, standardised: null, fill: null };
}

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_PATH));
const pair = v.pipe(v.object({ images: path, labels: path }), v.readonly());
const place = whole(0, 999);

const division = {
  name: path,
  testShare: v.pipe(number, v.minValue(0), v.maxValue(1)),
  seed: whole(0, Number.MAX_SAFE_INTEGER),
};

const opened = v.variant('kind', [
  v.object({
    kind: v.literal('pictures'),
    ...division,
    fit: v.picklist(['fit', 'crop']),
    testFolders: v.nullable(v.pipe(v.array(text(20)), v.readonly())),
  }),
  v.object({ kind: v.literal('idx'), ...division, train: pair, test: v.nullable(pair), transposes: v.boolean() }),
  v.object({
    kind: v.literal('table'),
    ...division,
    form: v.pipe(
      v.object({
        encoding: v.picklist(TABLE_ENCODINGS),
        delimiter: v.pipe(v.string(), v.length(1)),
        hasNames: v.boolean(),
        width: whole(1, 1000),
      }),
      v.readonly(),
    ),
    columns: v.pipe(v.array(place), v.maxLength(1000), v.readonly()),
    answer: place,
  }),
]);

/** What a manifest says of its data set itself; how many samples there are follows from its shards. */
export const specEntries = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), v.maxLength(60)),
  title: text(80),
  samples: v.variant('kind', [image, table, formerTable]),
  classes: v.pipe(
    v.array(text(60)),
    v.minLength(2),
    v.maxLength(100),
    v.check((names) => new Set(names).size === names.length, 'two classes have the same name'),
    v.readonly(),
  ),
  words: v.pipe(v.object({ sample: noun, subject: noun, class: v.optional(noun) }), v.readonly()),
  licence: v.pipe(v.object({ name: text(80), holder: text(200) }), v.readonly()),
  citation: v.pipe(v.string(), v.maxLength(1000)),
  library: v.nullable(v.pipe(v.object({ keras: text(60), torchvision: text(60) }), v.readonly())),
  capabilities: v.pipe(v.array(v.picklist(CAPABILITIES)), v.readonly()),
  opened: v.optional(opened),
};

/** A whole `DatasetSpec`. */
export const specSchema = v.object({
  ...specEntries,
  splits: v.object({ train: whole(1, 100_000_000), test: whole(1, 100_000_000) }),
  part: v.optional(v.pipe(v.object({ labels: v.pipe(v.array(whole(0, 99)), v.readonly()) }), v.readonly())),
});
