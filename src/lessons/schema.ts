import * as v from 'valibot';
import { FIGURES, type FigureOf } from '../core/lessons/outcome.ts';

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
  id: v.pipe(v.string(), v.regex(/^[a-z]+$/)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  /** Layers as `parseNetwork` reads them; those of `network` above where it is left out. */
  network: v.optional(v.array(v.unknown())),
  /** What differs from the recipe above. */
  recipe: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** What a lesson trains, and what decides it. */
export const setUpSchema = v.object({
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
  /** The id of a data set that comes with the app. */
  dataset: v.string(),
  network: v.optional(v.array(v.unknown())),
  recipe: v.record(v.string(), v.unknown()),
  runs: v.pipe(v.array(run), v.minLength(1), v.maxLength(4)),
  /** For each option of the prediction, in the order in which they are looked at, when it is right. */
  outcomes: v.pipe(v.array(v.object({ option: v.string(), when: v.array(condition) })), v.minLength(2)),
  change: run,
});
