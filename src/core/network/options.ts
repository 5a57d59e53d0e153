import { numberText } from '../text/number-text.ts';
import type { OptionField } from './layers/definition.ts';
import { definitionOf, type LayerSpec } from './layers/registry.ts';

/** The longest axis of a shape that people may ask for. */
const MAX_EXTENT = 1_000_000;

/** What is wrong with a value for a field, as a sentence; null when nothing is. */
export function fieldProblem(field: OptionField, value: unknown): string | null {
  switch (field.type) {
    case 'integer':
    case 'number':
      return numberProblem(field, value);
    case 'choice':
      return field.choices.some((choice) => choice === value)
        ? null
        : `${field.label} must be one of ${field.choices.join(', ')}.`;
    case 'switch':
    case 'lock':
      return typeof value === 'boolean' ? null : `${field.label} must be on or off.`;
    case 'shape':
      return shapeProblem(field.label, value);
    case 'layer':
      return typeof value === 'string' ? null : `${field.label} must name a layer.`;
    default:
      return field satisfies never;
  }
}

/** The parts of a numeric field that decide whether a value is allowed. */
export interface NumericRange {
  readonly label: string;
  readonly type: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
}

/** What is wrong with a number for a field: not a number, not whole, or out of range. */
export function numberProblem(field: NumericRange, value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${field.label} must be a number.`;
  if (field.type === 'integer' && !Number.isInteger(value)) return `${field.label} must be a whole number.`;
  if (value < field.min) return `${field.label} must be at least ${numberText(field.min)}.`;
  if (value > field.max) return `${field.label} must be at most ${numberText(field.max)}.`;
  return null;
}

/** What is wrong with a list of extents: `height, width, channels` at most, each a whole number from 1 up. */
function shapeProblem(label: string, value: unknown): string | null {
  if (!Array.isArray(value) || value.length < 1 || value.length > 3) {
    return `${label} must be a list of one to three extents, such as 4, 6.`;
  }
  const wrong = value.some((extent) => !Number.isInteger(extent) || extent < 1 || extent > MAX_EXTENT);
  return wrong ? `Each extent of ${label} must be a whole number from 1 to ${numberText(MAX_EXTENT)}.` : null;
}

/** A value that a field does not allow: the sentence, and values that it does, the default first. */
export interface OptionProblem {
  readonly option: string;
  readonly message: string;
  readonly values: readonly unknown[];
}

/** Every option of a layer with a value that its field does not allow. */
export function optionProblems(layer: LayerSpec): readonly OptionProblem[] {
  const { fields, defaults } = definitionOf(layer.kind);
  const given = new Map<string, unknown>(Object.entries(layer));
  const usual = new Map<string, unknown>(Object.entries(defaults));
  return fields.flatMap((field) => {
    const value = given.get(field.option);
    const message = fieldProblem(field, value);
    if (message === null) return [];
    const values = new Set([usual.get(field.option), ...nearestValues(field, value)]);
    return [{ option: field.option, message, values: [...values] }];
  });
}

/** The largest value allowed for a number beyond it, and the whole number next to a broken one. */
function nearestValues(field: OptionField, value: unknown): readonly number[] {
  if ((field.type !== 'integer' && field.type !== 'number') || typeof value !== 'number') return [];
  if (value > field.max) return [field.max];
  return Number.isFinite(value) && value >= field.min ? [Math.round(value)] : [];
}
