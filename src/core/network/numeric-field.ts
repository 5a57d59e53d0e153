import { type NumericRange, numberProblem } from './options.ts';

/** A number that people set, described once: the form draws it, validation checks it. */
export interface NumericField<Option extends string = string> extends NumericRange {
  readonly option: Option;
  /** Sensible values, ascending; arrow keys step along them. */
  readonly steps: readonly number[];
  /** One sentence for a student: what it does, and its usual range. */
  readonly explanation: string;
}

/** Everything wrong with the numbers of an object, by option; an empty record means that all of them are allowed. */
export function numericProblems<Option extends string>(
  fields: readonly NumericField<Option>[],
  values: object,
): Partial<Record<Option, string>> {
  const given = new Map<string, unknown>(Object.entries(values));
  const found: Partial<Record<Option, string>> = {};
  for (const field of fields) {
    const problem = numberProblem(field, given.get(field.option));
    if (problem !== null) found[field.option] = problem;
  }
  return found;
}
