import { classNameOf, type DatasetSpec } from '../../core/dataset/spec.ts';
import { calibrationError, type ReliabilityBin } from '../../core/evaluation/binary/calibration.ts';
import type { Outcomes } from '../../core/evaluation/binary/outcomes.ts';
import { type Confusion, ratio } from '../../core/evaluation/metrics.ts';
import { countOf } from '../../core/text/nouns.ts';
import { countText, decimalText, percentText, pointsText, scoreText } from '../../core/text/number-text.ts';

/** The two shares of a decision that trade for each other, and the one that the ROC curve has. */
export interface Shares {
  readonly precision: number;
  readonly recall: number;
  readonly falsePositiveRate: number;
}

/** The shares of a table of two: the rest first, then the positive class. */
export function sharesOf(counts: Confusion): Shares {
  const [[rightRest = 0, falseAlarms = 0] = [], [missed = 0, found = 0] = []] = counts;
  return {
    precision: ratio(found, found + falseAlarms),
    recall: ratio(found, found + missed),
    falsePositiveRate: ratio(falseAlarms, falseAlarms + rightRest),
  };
}

/** What a threshold trades, with the figures of this one. */
export function tradeText(dataset: DatasetSpec, positive: number, threshold: number, counts: Confusion): string {
  const { many } = dataset.words.sample;
  const name = classNameOf(dataset, positive);
  const [[, falseAlarms = 0] = [], [missed = 0, found = 0] = []] = counts;
  const { precision, recall } = sharesOf(counts);
  const now = `At ${decimalText(threshold, 2)} the network finds ${countText(found)} of the ${countText(found + missed)} ${many} of ${name} (recall ${percentText(recall)}). It calls ${countText(found + falseAlarms)} ${many} ${name}, of which ${countText(found)} belong to it (precision ${percentText(precision)}).`;
  return `${now} A lower threshold finds more of them and gives more false alarms; a higher one gives fewer false alarms and misses more. Which mistake is worse depends on what the answer is used for.`;
}

/** Why accuracy misleads where classes are of different size. */
export function rarityText(dataset: DatasetSpec, positive: number, { positives, belongs }: Outcomes): string {
  const { many } = dataset.words.sample;
  const name = classNameOf(dataset, positive);
  const share = ratio(positives, belongs.length);
  const always = share > 0.5 ? `always answers ${name}` : `never answers ${name}`;
  return `${percentText(share)} of these ${many} are of ${name}. A network that ${always} would be right for ${percentText(Math.max(share, 1 - share))} of them without having learned anything: compare an accuracy with that, and the rarer a class is, look at its precision and recall instead.`;
}

/** What the area under the ROC curve means. */
export function areaText(dataset: DatasetSpec, positive: number, area: number): string {
  const { one, many } = dataset.words.sample;
  const name = classNameOf(dataset, positive);
  return `Area ${scoreText(area)}: take a ${one} of ${name} and one of the other ${many} at random, and the first has the higher probability of ${name} in ${percentText(area)} of cases. 0.5 is guessing, 1 is perfect. It judges the order of the probabilities, whatever the threshold.`;
}

/** What the average precision means. */
export function averagePrecisionText(dataset: DatasetSpec, positive: number, average: number, share: number): string {
  return `Average precision ${scoreText(average)}: the mean precision over all recalls. Guessing gives ${scoreText(share)}, the share of ${classNameOf(dataset, positive)}. Where a class is rare, this figure says more than the area.`;
}

/** What calibration means, with its figures. */
export function calibrationText(
  dataset: DatasetSpec,
  positive: number,
  bins: readonly ReliabilityBin[],
  brier: number,
): string {
  const { many } = dataset.words.sample;
  const name = classNameOf(dataset, positive);
  const fullest = bins.toSorted((a, b) => b.count - a.count)[0];
  const example =
    fullest === undefined
      ? ''
      : ` Here the network gives about ${percentText(fullest.confidence, 0)} to ${countOf(fullest.count, dataset.words.sample)}, and ${percentText(fullest.share, 0)} of them are ${name}.`;
  return `Calibration asks whether the probabilities can be taken at their word. On the dashed line they can: of all ${many} that get 70 % for ${name}, 70 % are ${name}.${example} Expected calibration error ${pointsText(calibrationError(bins))}, the mean distance from that line; Brier score ${scoreText(brier)}, the mean squared error of the probabilities, where 0 is perfect.`;
}
