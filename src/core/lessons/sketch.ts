import { decimalText, lossText, percentText } from '../text/number-text.ts';
import type { SketchedFigure } from './lesson.ts';

/** The most points of a sketch: few enough to be moved one by one by keyboard. */
const MOST_POINTS = 8;

/** The epochs at which a sketch has points: the first, the last, and others evenly between. */
export function sketchEpochs(epochs: number): readonly number[] {
  const count = Math.min(MOST_POINTS, epochs);
  return Array.from({ length: count }, (_, i) => (count === 1 ? 1 : Math.round(1 + (i * (epochs - 1)) / (count - 1))));
}

/** A sketch that nobody has changed: a level line in the middle. */
export function levelSketch(epochs: number, most: number): readonly number[] {
  return sketchEpochs(epochs).map(() => most / 2);
}

/**
 * The value of a sketch at an epoch, on straight lines between its points.
 * @internal Exported for tests.
 */
export function sketchAt(sketch: readonly number[], epochs: number, epoch: number): number {
  const places = sketchEpochs(epochs);
  const next = Math.max(
    1,
    places.findIndex((place) => place >= epoch),
  );
  const [from = 1, to = from] = [places[next - 1], places[next]];
  const [before = Number.NaN, after = before] = [sketch[next - 1], sketch[next]];
  return to === from ? before : before + ((after - before) * (epoch - from)) / (to - from);
}

/** One sentence that compares a sketch with the values that were measured, of each epoch one; empty where none was. */
export function compareSketch(sketch: readonly number[], measured: readonly number[], figure: SketchedFigure): string {
  const drawn = measured.map((_, i) => sketchAt(sketch, measured.length, i + 1));
  const known = measured.flatMap((value, i) => (Number.isFinite(value) ? [Math.abs(value - (drawn[i] ?? value))] : []));
  if (known.length === 0) return '';
  const off = known.reduce((sum, value) => sum + value, 0) / known.length;
  const text = (value = Number.NaN) => (figure === 'accuracy' ? percentText(value, 0) : lossText(value));
  const distance = figure === 'accuracy' ? `${decimalText(100 * off, 1)} points` : lossText(off);
  const [expected, found] = [bestOf(drawn, figure), bestOf(measured, figure)];
  const best =
    expected === found
      ? `both are best in epoch ${found}`
      : `yours is best in epoch ${expected}, the measured one in epoch ${found}`;
  return `On average the two curves are ${distance} apart: ${best}, and at the end yours is at ${text(drawn.at(-1))}, the measured one at ${text(measured.at(-1))}.`;
}

/** The first epoch with the highest accuracy or the lowest loss. */
function bestOf(values: readonly number[], figure: SketchedFigure): number {
  const known = values.filter(Number.isFinite);
  return values.indexOf(figure === 'accuracy' ? Math.max(...known) : Math.min(...known)) + 1;
}
