import { numberText } from '../../core/text/number-text.ts';
import { roundedOff } from '../base/rounded.ts';

/** What a number field accepts. */
export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  /** Whole numbers only. */
  readonly integer?: boolean | undefined;
  /** One and many of what is counted, as `['filter', 'filters']`; error sentences then say it. */
  readonly noun?: readonly [one: string, many: string] | undefined;
}

/** How arrow keys move a number: along a list of sensible values in rising order, or by a fixed step. */
export interface NumberSteps {
  readonly steps?: readonly number[] | undefined;
  /** 1 when left out; unused when there is a list. */
  readonly step?: number | undefined;
}

/** The number that a text stands for, or the sentence that says what is wrong with it. */
export type NumberReading = { readonly value: number } | { readonly error: string };

const FAR = 10;

/** Reads what a person typed: `30,000`, `0.001`, `1e-3`, `−2`. Never throws. */
export function readNumber(text: string, limits: NumberLimits): NumberReading {
  const plain = text.replace(/[\s,_\u202f]/g, '').replace('−', '-');
  const value = plain === '' ? Number.NaN : Number(plain);
  if (!Number.isFinite(value))
    return { error: `Enter a number from ${numberText(limits.min)} to ${numberText(limits.max)}.` };
  if (limits.integer && !Number.isInteger(value)) return { error: 'Whole numbers only.' };
  if (value < limits.min) return { error: `At least ${counted(limits.min, limits)}.` };
  if (value > limits.max) return { error: `At most ${counted(limits.max, limits)}.` };
  return { value };
}

function counted(value: number, { noun }: NumberLimits): string {
  return noun ? `${numberText(value)} ${noun[value === 1 ? 0 : 1]}` : numberText(value);
}

/** The value one arrow key away, or ten times as far, held within the limits and the ends of the list. */
export function stepNumber(value: number, direction: 1 | -1, far: boolean, rule: NumberSteps & NumberLimits): number {
  const count = far ? FAR : 1;
  const next = rule.steps?.length
    ? alongList(value, direction, count, rule.steps)
    : value + direction * count * (rule.step ?? 1);
  return roundedOff(Math.min(rule.max, Math.max(rule.min, next)));
}

function alongList(value: number, direction: 1 | -1, count: number, steps: readonly number[]): number {
  const ahead = direction === 1 ? steps.filter((step) => step > value) : steps.filter((step) => step < value).reverse();
  return ahead[Math.min(count, ahead.length) - 1] ?? value;
}
