import * as v from 'valibot';
import { FIGURES } from '../core/lessons/figures.ts';
import { CHOSEN, type FigureOf } from '../core/lessons/outcome.ts';

/** The form of a lesson's `set-up.json`. */

const figure = v.pipe(
  v.string(),
  v.regex(/^[a-z]+\.[a-zA-Z]+$/),
  v.transform((text): FigureOf => {
    const [run = '', name] = text.split('.');
    const known = FIGURES.find((each) => each === name);
    if (known === undefined) throw new Error(`There is no figure ${name}.`);
    return { run, figure: known };
  }),
);

/** `["cnn.validationAccuracy", "above", "dense.validationAccuracy", 0.01]`. */
const condition = v.pipe(
  v.union([
    v.tuple([figure, v.picklist(['above', 'below']), v.union([v.number(), figure]), v.number()]),
    v.tuple([figure, v.picklist(['above', 'below']), v.union([v.number(), figure])]),
  ]),
  v.transform(([left, is, right, by]) => ({ left, is, right, by })),
);

const run = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z]+$/), v.notValue(CHOSEN)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  /** The id of its data set; that of the lesson where it is left out. */
  dataset: v.optional(v.string()),
  /** The id of the run before it whose weights it begins with. */
  from: v.optional(v.string()),
  /** Layers as `parseNetwork` reads them; those of `network` above where it is left out. */
  network: v.optional(v.array(v.unknown())),
  /** What differs from the recipe above. */
  recipe: v.optional(v.record(v.string(), v.unknown()), {}),
  /** What differs from that on a slow device. */
  short: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** A validation curve that is drawn before the runs. */
const sketch = v.object({
  run: v.string(),
  figure: v.picklist(['accuracy', 'loss']),
  /** The upper end of the chart. */
  most: v.pipe(v.number(), v.minValue(0.1)),
  /** What the explanation is about. */
  usual: v.array(condition),
});

/** What a lesson trains, and what decides it. */
export const setUpSchema = v.object({
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
  /** The id of a data set that comes with the app. */
  dataset: v.string(),
  network: v.optional(v.array(v.unknown())),
  recipe: v.record(v.string(), v.unknown()),
  /** What differs from the recipe on a slow device, so that a run is over within a minute there, too. */
  short: v.optional(v.record(v.string(), v.unknown()), {}),
  runs: v.pipe(v.array(run), v.minLength(1), v.maxLength(6)),
  judgesTest: v.optional(v.boolean(), false),
  /** For each option of the prediction, in the order in which they are looked at, when it is right. */
  outcomes: v.optional(v.array(v.object({ option: v.string(), when: v.array(condition) })), []),
  /** The option that the explanation is about. */
  usual: v.optional(v.string()),
  /** What the runs usually show beside that, without which the explanation would be of nothing. */
  shows: v.optional(v.array(condition), []),
  /** Instead of options. */
  sketch: v.optional(sketch),
  change: v.object({ ...run.entries, shows: v.optional(v.array(condition), []) }),
});

/** What stands in a `set-up.json`. */
export type SetUp = v.InferOutput<typeof setUpSchema>;
