import type { AnswerChoice, ColumnSurvey, FeatureChoice, TableChoices } from './table-reading.ts';

/** What a column is to a network: it sees it, it is to answer it, or neither. */
export type Role = 'feature' | 'answer' | 'ignored';

/** A column of numbers with at most so many different ones is read as classes. */
const FEW = 20;

/** How many classes a data set can have. */
export const MOST_CLASSES = 100;

/** What a column is by the choices. */
export function roleOf({ answer, features }: TableChoices, column: number): Role {
  if (answer.column === column) return 'answer';
  return features.some((feature) => feature.column === column) ? 'feature' : 'ignored';
}

/** How a column is given to a network where nothing is chosen. */
export function featureOf({ type }: ColumnSurvey, column: number, unit = ''): FeatureChoice {
  return type === 'number' || type === 'id'
    ? { as: 'number', column, unit, standardise: true, missing: 'mean' }
    : { as: 'category', column, most: 50, missing: 'frequent' };
}

/** How a column is the answer where nothing is chosen: each different cell is a class, or many numbers are cut at the median. */
export function answerOf(survey: ColumnSurvey, column: number): AnswerChoice {
  return { column, threshold: isClasses(survey) ? null : (survey.numbers?.median ?? null) };
}

/** Whether each different cell of a column is a class where nothing is chosen. */
export function isClasses({ type, distinct }: ColumnSurvey): boolean {
  if (distinct === null || distinct < 2) return false;
  return type === 'category' || (type === 'number' && distinct <= FEW);
}

/** Whether a column can be the answer at all. */
export function canBeAnswer(survey: ColumnSurvey): boolean {
  const { type, distinct } = survey;
  return (
    isClasses(survey) ||
    (type === 'number' && distinct !== 1) ||
    (distinct !== null && distinct > 1 && distinct <= MOST_CLASSES)
  );
}

/** The choices with another role of a column. What was the answer is seen from then on, unless something speaks against it. */
export function withRole(
  choices: TableChoices,
  columns: readonly ColumnSurvey[],
  column: number,
  role: Role,
): TableChoices {
  const survey = columns[column];
  if (survey === undefined || role === roleOf(choices, column)) return choices;
  const others = choices.features.filter((feature) => feature.column !== column);
  if (role === 'ignored') return { ...choices, features: others };
  if (role === 'feature') return { ...choices, features: inOrder([...others, featureOf(survey, column)]) };
  const former = columns[choices.answer.column];
  const back = former === undefined || former.objection !== null ? [] : [featureOf(former, choices.answer.column)];
  return { ...choices, features: inOrder([...others, ...back]), answer: answerOf(survey, column) };
}

/** The choices with another treatment of a feature. */
export function withFeature(choices: TableChoices, changed: FeatureChoice): TableChoices {
  return {
    ...choices,
    features: choices.features.map((feature) => (feature.column === changed.column ? changed : feature)),
  };
}

function inOrder(features: readonly FeatureChoice[]): readonly FeatureChoice[] {
  return features.toSorted((a, b) => a.column - b.column);
}
