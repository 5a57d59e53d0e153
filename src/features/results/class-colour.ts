/** Colours of classes, evenly spaced around the colour circle, and in turn lighter and darker. */
export function classColour(label: number, classes: number): string {
  return `hsl(${Math.round((360 * label) / classes)} 68% ${label % 2 === 0 ? 48 : 62}%)`;
}
