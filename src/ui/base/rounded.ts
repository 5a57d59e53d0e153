/** A number to twelve digits, without those that binary fractions add: 0.30000000000000004 becomes 0.3. */
export function roundedOff(value: number): number {
  return Number(value.toPrecision(12));
}
