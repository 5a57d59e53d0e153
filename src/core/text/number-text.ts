/** A number as people read it: `542,230`, and small ones in full, as `0.000001`. */
export function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 10 });
}
