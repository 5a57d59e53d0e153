import * as v from 'valibot';
import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { Lesson, LessonRun } from '../core/lessons/lesson.ts';
import { parseLessonText } from '../core/lessons/lesson-text.ts';
import { analyse } from '../core/network/graph.ts';
import { parseNetwork } from '../core/network/network-text.ts';
import { parseRecipe } from '../core/training/recipe-parse.ts';
import { SHIPPED_DATASETS } from '../datasets/all-datasets.ts';
import { setUpSchema } from './schema.ts';

/** A lesson out of the two files of its folder. Throws an Error that says what is wrong with them. */
export function lessonOf(id: string, markdown: string, setUp: unknown): Lesson {
  const { options: texts, change, ...text } = parseLessonText(markdown);
  const { minutes, dataset: name, network, recipe, runs, outcomes, change: changed } = v.parse(setUpSchema, setUp);
  const dataset = SHIPPED_DATASETS.find(({ spec }) => spec.id === name)?.spec;
  if (dataset === undefined) throw new Error(`${id}: there is no data set ${name}.`);
  const made = (run: typeof changed) => runOf(dataset, run, run.network ?? network, { ...recipe, ...run.recipe });
  const decided = new Set(outcomes.map(({ option }) => option));
  if ([...decided].sort().join() !== [...texts.keys()].sort().join()) {
    throw new Error(`${id}: the options of the text and of the outcomes are not the same.`);
  }
  if (outcomes.at(-1)?.when.length !== 0) throw new Error(`${id}: the last outcome must hold always.`);
  const options = Array.from(texts, ([option, words]) => ({ id: option, text: words }));
  return {
    ...text,
    id,
    minutes,
    options,
    outcomes,
    runs: runs.map(made),
    change: { text: change, run: made(changed) },
  };
}

function runOf(
  dataset: DatasetSpec,
  { id, name }: Pick<LessonRun, 'id' | 'name'>,
  layers: readonly unknown[] | undefined,
  recipe: object,
): LessonRun {
  const parsed = parseNetwork(JSON.stringify({ layers: layers ?? [] }));
  if ('problems' in parsed) throw new Error(`${name}: ${parsed.problems.join(' ')}`);
  const { graph, issues } = analyse(parsed.network, dataset);
  if (graph === null) throw new Error(`${name}: ${issues.map(({ message }) => message).join(' ')}`);
  return { id, name, setup: { dataset, network: parsed.network, recipe: parseRecipe(recipe, dataset) } };
}
