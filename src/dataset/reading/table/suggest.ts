import { answerOf, featureOf, isClasses } from '../../../core/dataset/table-choices.ts';
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

function answerAmong(columns: readonly ColumnSurvey[]): AnswerChoice {
  const places = [...columns.entries()];
  // The answer is usually the last column, sometimes the first.
  const [found, column] =
    places.find(([, each]) => ANSWERS.test(each.name) && isSuitable(each)) ??
    places.findLast(([, each]) => isClasses(each)) ??
    places.findLast(([, each]) => isSuitable(each)) ??
    [];
  if (found === undefined || column === undefined) {
    throw new RefusedFiles(
      'No column of this table can be the answer: each is empty, has the same value in every row, or a different one in nearly every row.',
    );
  }
  return answerOf(column, found);
}

function isSuitable(column: ColumnSurvey): boolean {
  return isClasses(column) || (column.type === 'number' && column.objection === null);
}
