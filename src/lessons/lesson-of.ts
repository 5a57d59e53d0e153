import * as v from 'valibot';
import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { Lesson, LessonRun } from '../core/lessons/lesson.ts';
import { parseLessonText } from '../core/lessons/lesson-text.ts';
import { analyse } from '../core/network/graph.ts';
import { parseNetwork } from '../core/network/network-text.ts';
import { parseRecipe } from '../core/training/recipe-parse.ts';
import { SHIPPED_DATASETS } from '../datasets/all-datasets.ts';
import { type SetUp, setUpSchema } from './schema.ts';

/** A lesson out of the two files of its folder. Throws an Error that says what is wrong with them. */
export function lessonOf(id: string, markdown: string, given: unknown): Lesson {
  const { options, change, ...text } = parseLessonText(markdown);
  const setUp = v.parse(setUpSchema, given);
  const { minutes, dataset: name, runs, judgesTest } = setUp;
  const datasetOf = (run: SetUp['runs'][number]) => {
    const wanted = run.dataset ?? name;
    const found = SHIPPED_DATASETS.find(({ spec }) => spec.id === wanted)?.spec;
    if (found === undefined) throw new Error(`${id}: there is no data set ${wanted}.`);
    return found;
  };
  for (const [i, { from }] of [...runs, setUp.change].entries()) {
    const isBefore = from === undefined || runs.slice(0, i).some((run) => run.id === from);
    if (!isBefore) throw new Error(`${id}: no run ${from} is trained before the one that begins with its weights.`);
  }
  const made = runs.map((run) => runOf(datasetOf(run), setUp, run));
  return {
    ...text,
    id,
    minutes,
    prediction: setUp.sketch === undefined ? optionsOf(id, options, setUp) : sketchOf(id, options, setUp.sketch, made),
    runs: made,
    judgesTest,
    shows: setUp.shows,
    change: { text: change, run: runOf(datasetOf(setUp.change), setUp, setUp.change), shows: setUp.change.shows },
  };
}

/** The options of the text, and when each is right. */
function optionsOf(id: string, texts: ReadonlyMap<string, string>, { outcomes, usual }: SetUp): Lesson['prediction'] {
  const decided = new Set(outcomes.map(({ option }) => option));
  if (texts.size === 0) throw new Error(`${id}: there is nothing to predict.`);
  if ([...decided].sort().join() !== [...texts.keys()].sort().join()) {
    throw new Error(`${id}: the options of the text and of the outcomes are not the same.`);
  }
  if (outcomes.at(-1)?.when.length !== 0) throw new Error(`${id}: the last outcome must hold always.`);
  if (usual === undefined || !texts.has(usual)) throw new Error(`${id}: the usual outcome is none of the options.`);
  const options = Array.from(texts, ([option, words]) => ({ id: option, text: words }));
  return { kind: 'options', options, outcomes, usual };
}

/** A sketch is of a run, as many epochs long on every device. */
function sketchOf(
  id: string,
  texts: ReadonlyMap<string, string>,
  sketch: NonNullable<SetUp['sketch']>,
  runs: readonly LessonRun[],
): Lesson['prediction'] {
  if (texts.size > 0) throw new Error(`${id}: a prediction that is a sketch has no options.`);
  const run = runs.find((each) => each.id === sketch.run);
  if (run === undefined) throw new Error(`${id}: there is no run ${sketch.run} to be sketched.`);
  if (run.setup.recipe.epochs !== run.shortSetup.recipe.epochs)
    throw new Error(`${id}: the run that is sketched has other epochs on slow devices.`);
  return { kind: 'sketch', ...sketch };
}

function runOf(dataset: DatasetSpec, { network, recipe, short }: SetUp, run: SetUp['runs'][number]): LessonRun {
  const { id, name, network: layers = network, from } = run;
  const setup = (values: object) => setupOf(name, dataset, layers, values);
  return {
    id,
    name,
    from,
    setup: setup({ ...recipe, ...run.recipe }),
    shortSetup: setup({ ...recipe, ...short, ...run.recipe, ...run.short }),
  };
}

function setupOf(
  name: string,
  dataset: DatasetSpec,
  layers: readonly unknown[] | undefined,
  recipe: object,
): LessonRun['setup'] {
  const parsed = parseNetwork(JSON.stringify({ layers: layers ?? [] }));
  if ('problems' in parsed) throw new Error(`${name}: ${parsed.problems.join(' ')}`);
  const { graph, issues } = analyse(parsed.network, dataset);
  if (graph === null) throw new Error(`${name}: ${issues.map(({ message }) => message).join(' ')}`);
  return { dataset, network: parsed.network, recipe: parseRecipe(recipe, dataset) };
}
