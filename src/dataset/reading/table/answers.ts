import { MOST_CLASSES } from '../../../core/dataset/table-choices.ts';
import type { AnswerChoice } from '../../../core/dataset/table-reading.ts';
import { numberText } from '../../../core/text/number-text.ts';
import { RefusedFiles } from '../refusal.ts';
import { type Column, inOrder, MISSING } from './column.ts';

/** The classes of a table's rows. */
export interface Answers {
  readonly classes: readonly string[];
  /** The class of each row: [rows]; NO_ANSWER where there is none. */
  readonly labels: Int16Array<ArrayBuffer>;
}

/** The label of a row that has none. */
export const NO_ANSWER = -1;

/**
 * The classes that a column gives its rows: one for each different cell, in the order of numbers or letters; or two, below a
 * threshold and from there on. Throws a RefusedFiles where these are fewer than two or too many.
 */
export function answersOf(column: Column, { threshold }: AnswerChoice): Answers {
  return threshold === null ? byText(column) : byThreshold(column, threshold);
}

function byText({ name, texts, codes, isCrowded }: Column): Answers {
  if (texts.length > MOST_CLASSES) {
    throw new RefusedFiles(
      `${name} has ${isCrowded ? 'more than ' : ''}${numberText(texts.length)} different values, and there can be at most ${MOST_CLASSES} classes. Choose another column as the answer, or divide its numbers in two.`,
    );
  }
  const classes = inOrder(texts);
  checkClasses(name, classes);
  const places = texts.map((text) => classes.indexOf(text));
  return {
    classes,
    labels: Int16Array.from(codes, (code) => (code === MISSING ? NO_ANSWER : (places[code] ?? NO_ANSWER))),
  };
}

function byThreshold({ name, numbers }: Column, threshold: number): Answers {
  const labels = Int16Array.from(numbers, (number) => (Number.isNaN(number) ? NO_ANSWER : Number(number >= threshold)));
  const classes = [`below ${threshold}`, `${threshold} or more`];
  checkClasses(
    name,
    classes.filter((_, label) => labels.includes(label)),
  );
  return { classes, labels };
}

function checkClasses(name: string, found: readonly string[]): void {
  const [only] = found;
  if (only === undefined) throw new RefusedFiles(`${name} has no cells that could be answers. Choose another column.`);
  if (found.length === 1) {
    throw new RefusedFiles(
      `${name} is ${only} in every row that has a value, but a network needs at least two classes to tell apart. Choose another column as the answer.`,
    );
  }
}
