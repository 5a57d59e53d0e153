import { at } from '../../core/at.ts';
import { normalised } from '../../core/evaluation/confusion-order.ts';
import { type Confusion, sum } from '../../core/evaluation/metrics.ts';
import { countText, percentText } from '../../core/text/number-text.ts';

/** One cell of a confusion matrix, by its labels. */
export interface Cell {
  readonly truth: number;
  readonly predicted: number;
}

/** What the cells show: counts, shares of the true class, or shares of the predicted class. */
export type HeatMode = 'counts' | 'row' | 'column';

/** The colour and the text of a cell. */
export interface HeatCell {
  /** Short enough for a cell; empty for nothing. */
  readonly text: string;
  /** The value in full. */
  readonly value: string;
  /** Its colour strength, in percent. */
  readonly strength: number;
}

/** The colour strength of the largest value, in percent, so that the number on it can be read. */
const FULL = 92;
/** An exponent below 1, so that a few mistakes are visible beside many. */
const WRONG_CURVE = 0.6;

/** Every cell of a confusion matrix. Right answers and wrong ones each have their own scale. */
export function heatCells(counts: Confusion, mode: HeatMode): readonly (readonly HeatCell[])[] {
  const values = mode === 'counts' ? counts : normalised(counts, mode);
  const most = (right: boolean) =>
    Math.max(0, ...values.flatMap((row, i) => row.filter((_, j) => (i === j) === right)));
  const [right, wrong] = [most(true), most(false)];
  return values.map((row, i) =>
    row.map((value, j) => ({
      text: value === 0 ? '' : mode === 'counts' ? shortCount(value) : shortPercent(value),
      value: mode === 'counts' ? countText(value) : percentText(value),
      strength: value === 0 ? 0 : Math.round(FULL * (i === j ? value / right : (value / wrong) ** WRONG_CURVE)),
    })),
  );
}

/** Four digits need no comma, for which a cell has no room. */
function shortCount(count: number): string {
  return count < 10_000 ? String(count) : countText(count);
}

function shortPercent(share: number): string {
  return share < 0.005 ? '<1' : String(Math.round(share * 100));
}

/** The largest value off the diagonal, in full: where the scale of mistakes ends. */
export function worstMistake(counts: Confusion, mode: HeatMode): string {
  const values = mode === 'counts' ? counts : normalised(counts, mode);
  const worst = Math.max(0, ...values.flatMap((row, i) => row.filter((_, j) => i !== j)));
  return mode === 'counts' ? countText(worst) : percentText(worst);
}

/** A cell as a sentence: `159 of 1,000 images of Cat were taken for Dog.` `samples`: what they are called. */
export function cellSentence(
  counts: Confusion,
  { truth, predicted }: Cell,
  classes: readonly string[],
  samples: string,
): string {
  const row = at(counts, truth);
  const [part, whole, name] = [countText(at(row, predicted)), countText(sum(row)), at(classes, truth)];
  return truth === predicted
    ? `${part} of ${whole} ${samples} of ${name} were recognised.`
    : `${part} of ${whole} ${samples} of ${name} were taken for ${at(classes, predicted)}.`;
}
