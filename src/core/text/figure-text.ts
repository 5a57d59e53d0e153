/** Figures as sentences and labels of the core write them: tabular texts are the page's own affair. */

/** Keeps a figure and its unit on one line: U+202F, the narrow space that does not break. */
const NARROW = '\u202f';

/** A share as a percentage: `90.8 %`, whole ones without a decimal: `20 %`. */
export function percentText(share: number): string {
  return `${Number((100 * share).toFixed(1))}${NARROW}%`;
}

/** An accuracy, always with one decimal: `90.0 %`. */
export function accuracyText(accuracy: number): string {
  return `${(100 * accuracy).toFixed(1)}${NARROW}%`;
}

/** A difference of two shares in percentage points: `5.9 pt`. */
export function pointsText(difference: number): string {
  return `${(100 * difference).toFixed(1)}${NARROW}pt`.replace('-', '−');
}

/** A small number in brief: `1e-3`, `2.5e-4`; 0 and from 0.01 on in full. */
export function briefText(value: number): string {
  const rounded = Number(value.toPrecision(6));
  return rounded === 0 || rounded >= 0.01 ? String(rounded) : rounded.toExponential();
}
