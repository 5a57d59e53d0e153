import { useMemo, useState } from 'react';
import { classCountOf, classNameOf } from '../../core/dataset/spec.ts';
import { brierScore, type ReliabilityBin, reliability } from '../../core/evaluation/binary/calibration.ts';
import { averagePrecision, precisionRecallCurve, rocArea, rocCurve } from '../../core/evaluation/binary/curves.ts';
import { confusionAt, type Outcomes, outcomesOf } from '../../core/evaluation/binary/outcomes.ts';
import { capitalised } from '../../core/text/count-words.ts';
import { countText, decimalText, percentText, scoreText } from '../../core/text/number-text.ts';
import { UnitPlot } from '../../ui/chart/UnitPlot.tsx';
import { WithTerms } from '../terms.tsx';
import { ThresholdControls, type ThresholdControlsProps } from './ThresholdControls.tsx';
import { choiceFor } from './threshold.ts';
import {
  areaText,
  averagePrecisionText,
  calibrationText,
  rarityText,
  type Shares,
  sharesOf,
  tradeText,
} from './threshold-words.ts';

/**
 * What the threshold trades, at every threshold: ROC curve, precision-recall curve and calibration. Of more than two classes
 * it looks at one against the rest, with a threshold that moves only these figures.
 */
export function ThresholdSection(props: ThresholdControlsProps) {
  const isPair = classCountOf(props.judged.dataset) === 2;
  const [open, setOpen] = useState(isPair);
  return (
    <details className="report-more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{isPair ? 'What the threshold trades' : 'One class against the rest'}</summary>
      {open && <Plots {...props} withControls={!isPair} />}
    </details>
  );
}

function Plots({ withControls, ...props }: ThresholdControlsProps & { readonly withControls: boolean }) {
  const { judged, choice } = props;
  const { dataset, evaluation } = judged;
  const { positive, threshold } = choiceFor(judged, choice);
  const outcomes = useMemo(() => outcomesOf(evaluation, positive), [evaluation, positive]);
  const counts = confusionAt(outcomes, threshold);
  const shares = sharesOf(counts);
  const figures = { ...props, outcomes, shares, positive, threshold };
  return (
    <>
      {withControls && <ThresholdControls {...props} />}
      <p>
        <WithTerms>{tradeText(dataset, positive, threshold, counts)}</WithTerms>
      </p>
      <p>
        <WithTerms>{rarityText(dataset, positive, outcomes)}</WithTerms>
      </p>
      <Roc {...figures} />
      <PrecisionRecall {...figures} />
      <Calibration {...figures} />
    </>
  );
}

interface FigureProps extends ThresholdControlsProps {
  readonly outcomes: Outcomes;
  readonly shares: Shares;
  readonly positive: number;
  readonly threshold: number;
}

function Roc({ judged: { dataset }, outcomes, shares, positive, threshold }: FigureProps) {
  const curve = useMemo(() => rocCurve(outcomes), [outcomes]);
  if (curve === null) return <Missing dataset={dataset} positive={positive} />;
  const area = rocArea(curve);
  const { falsePositiveRate, recall } = shares;
  return (
    <>
      <h3>ROC curve</h3>
      <UnitPlot
        label={`ROC curve of ${classNameOf(dataset, positive)}, area ${scoreText(area)}: at the threshold ${decimalText(threshold, 2)} a true positive rate of ${percentText(recall)} and a false positive rate of ${percentText(falsePositiveRate)}`}
        x="false positive rate"
        y="true positive rate"
        line={curve.map((point) => [point.falsePositiveRate, point.truePositiveRate])}
        reference={[
          [0, 0],
          [1, 1],
        ]}
        mark={[falsePositiveRate, recall]}
      />
      <p>{areaText(dataset, positive, area)}</p>
    </>
  );
}

function PrecisionRecall({ judged: { dataset }, outcomes, shares, positive, threshold }: FigureProps) {
  const curve = useMemo(() => precisionRecallCurve(outcomes), [outcomes]);
  if (curve === null) return null;
  const average = averagePrecision(curve);
  const share = outcomes.positives / outcomes.belongs.length;
  const { precision, recall } = shares;
  return (
    <>
      <h3>Precision-recall curve</h3>
      <UnitPlot
        label={`Precision-recall curve of ${classNameOf(dataset, positive)}, average precision ${scoreText(average)}: at the threshold ${decimalText(threshold, 2)} a precision of ${percentText(precision)} and a recall of ${percentText(recall)}`}
        x="recall"
        y="precision"
        line={curve.map((point) => [point.recall, point.precision])}
        reference={[
          [0, share],
          [1, share],
        ]}
        mark={[recall, precision]}
      />
      <p>
        <WithTerms>{averagePrecisionText(dataset, positive, average, share)}</WithTerms>
      </p>
    </>
  );
}

function Calibration({ judged: { dataset }, outcomes, positive }: FigureProps) {
  const bins = useMemo(() => reliability(outcomes), [outcomes]);
  const most = Math.max(...bins.map(({ count }) => count), 1);
  const name = classNameOf(dataset, positive);
  return (
    <>
      <h3>Calibration</h3>
      <UnitPlot
        label={`Calibration of ${name}: the table below has the same figures`}
        x={`probability of ${name}`}
        y="share of it"
        line={bins.map(({ confidence, share }) => [confidence, share])}
        reference={[
          [0, 0],
          [1, 1],
        ]}
        dots={bins.map(({ confidence, share, count }) => ({ at: [confidence, share], size: count / most }))}
      />
      <p>{calibrationText(dataset, positive, bins, brierScore(outcomes))}</p>
      <BinTable bins={bins} samples={dataset.words.sample.many} name={name} />
    </>
  );
}

interface BinTableProps {
  readonly bins: readonly ReliabilityBin[];
  readonly samples: string;
  readonly name: string;
}

function BinTable({ bins, samples, name }: BinTableProps) {
  return (
    <table aria-label="Calibration">
      <thead>
        <tr>
          <th scope="col">Probability</th>
          <th scope="col">{capitalised(samples)}</th>
          <th scope="col">Mean probability</th>
          <th scope="col">{`Are ${name}`}</th>
        </tr>
      </thead>
      <tbody>
        {bins.map(({ low, high, count, confidence, share }) => (
          <tr key={low}>
            <td>{`${percentText(low, 0)} to ${percentText(high, 0)}`}</td>
            <td>{countText(count)}</td>
            <td>{percentText(confidence)}</td>
            <td>{percentText(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Missing({ dataset, positive }: Pick<FigureProps, 'positive'> & Pick<FigureProps['judged'], 'dataset'>) {
  return (
    <p>{`There is no ROC curve: all of these ${dataset.words.sample.many}, or none of them, are of ${classNameOf(dataset, positive)}.`}</p>
  );
}
