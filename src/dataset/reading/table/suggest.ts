import type {
  AnswerChoice,
  ColumnSurvey,
  FeatureChoice,
  TableChoices,
  TableSuggestion,
} from '../../../core/dataset/table-reading.ts';
import { RefusedFiles } from '../refusal.ts';
import { weatherAus } from './weather-aus.ts';

/** Names of columns that are usually the answer. */
const ANSWERS = /^(?:target|label|class|answer|outcome|y|species|survived|diagnosis|result|quality)$/i;

/** A column of numbers with at most so many different ones is read as classes. */
const FEW = 20;

const BASE = { kind: 'table', testShare: 0.2, seed: 42 } as const;

/** Ways to read a table, the best one first. Throws a RefusedFiles where no column could be the answer. */
export function suggestionsFor(
  title: string,
  columns: readonly ColumnSurvey[],
): readonly [TableSuggestion, ...TableSuggestion[]] {
  const known = weatherAus(columns);
  if (known !== null) {
    const choicesOf = (features: readonly FeatureChoice[]): TableChoices => ({
      ...BASE,
      title,
      features,
      answer: known.answer,
    });
    const [first, ...others] = known.ways;
    const suggestion = ({ name, note, features }: typeof first): TableSuggestion => ({
      name,
      note,
      choices: choicesOf(features),
    });
    return [suggestion(first), ...others.map(suggestion)];
  }
  const answer = answerAmong(columns);
  const features = columns.flatMap((column, at): readonly FeatureChoice[] =>
    at === answer.column || column.objection !== null ? [] : [featureOf(column, at)],
  );
  return [{ name: 'All columns', note: '', choices: { ...BASE, title, features, answer } }];
}

/** How a column is given to a network where nothing is chosen. */
function featureOf({ type }: ColumnSurvey, column: number, unit = ''): FeatureChoice {
  return type === 'number'
    ? { as: 'number', column, unit, standardise: true, missing: 'mean' }
    : { as: 'category', column, most: 50, missing: 'frequent' };
}

function answerAmong(columns: readonly ColumnSurvey[]): AnswerChoice {
  const places = [...columns.keys()];
  const named = places.find((at) => ANSWERS.test(columns[at]?.name ?? '') && canBeAnswer(columns[at]));
  // The answer is usually the last column, sometimes the first.
  const found =
    named ?? places.findLast((at) => isClasses(columns[at])) ?? places.findLast((at) => canBeAnswer(columns[at]));
  const column = found === undefined ? undefined : columns[found];
  if (found === undefined || column === undefined) {
    throw new RefusedFiles(
      'No column of this table could be the answer: each has no values, says the same in every row, or something else in nearly every one.',
    );
  }
  return { column: found, threshold: isClasses(column) ? null : (column.numbers?.median ?? null) };
}

/** Whether each different cell can be a class. */
function isClasses(column: ColumnSurvey | undefined): boolean {
  if (column === undefined || column.distinct === null || column.distinct < 2) return false;
  return column.type === 'category' || (column.type === 'number' && column.distinct <= FEW);
}

function canBeAnswer(column: ColumnSurvey | undefined): boolean {
  return isClasses(column) || (column?.type === 'number' && column.objection === null);
}
