import type { NumberField } from '../../src/core/dataset/spec.ts';

/** Columns of numbers from -10 to 10 that become values as they are. */
export function numberFields(...names: readonly string[]): readonly NumberField[] {
  return names.map((name) => ({
    kind: 'number',
    name,
    unit: '',
    least: -10,
    most: 10,
    standardised: null,
    fill: null,
  }));
}
