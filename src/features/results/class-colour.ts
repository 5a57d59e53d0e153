/** How much lighter blue is than other hues, so that it shows on dark ground. */
const BLUE = { from: 210, to: 290, lighter: 14 };

/** Colours of classes, evenly spaced around the colour circle, and in turn lighter and darker. */
export function classColour(label: number, classes: number): string {
  const hue = Math.round((360 * label) / classes);
  const lighter = hue >= BLUE.from && hue <= BLUE.to ? BLUE.lighter : 0;
  return `hsl(${hue} 68% ${(label % 2 === 0 ? 48 : 62) + lighter}%)`;
}
