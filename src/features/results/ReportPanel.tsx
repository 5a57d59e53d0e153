import { useState } from 'react';
import { CLASS_NAMES, className } from '../../core/dataset/classes.ts';
import type { ClassificationReport } from '../../core/evaluation/metrics.ts';
import { reportCsv, reportLatex, reportText } from '../../core/evaluation/report-text.ts';
import { thresholdedReport, thresholdedSentence } from '../../core/evaluation/thresholded.ts';
import { countText, lossText, percentText } from '../../core/text/number-text.ts';
import { CopyButton } from '../../ui/form/CopyButton.tsx';
import { Segmented } from '../../ui/form/Toggle.tsx';
import { ReportTable } from '../../ui/matrix/ReportTable.tsx';
import type { ReportOrder } from '../../ui/matrix/report-order.ts';
import type { Judged } from './judged.ts';
import { Source } from './Source.tsx';

/** How an image's ten probabilities become a decision. */
type Rule = 'largest' | 'threshold';

const RULES: readonly { readonly value: Rule; readonly label: string }[] = [
  { value: 'largest', label: 'Largest output' },
  { value: 'threshold', label: 'Threshold 0.5' },
];

/** Props of {@link ReportPanel}. */
export interface ReportPanelProps {
  /** How the table is sorted. The copies keep the order of scikit-learn. */
  readonly order: ReportOrder;
  readonly onOrder: (order: ReportOrder) => void;
}

/** Precision, recall and F1 of every garment, and what they say in words. */
export function ReportPanel(sorting: ReportPanelProps) {
  const [rule, setRule] = useState<Rule>('largest');
  return (
    <Source>
      {(judged) => (
        <>
          <Headline judged={judged} />
          <div className="results-row">
            <span className="muted">Decide by</span>
            <Segmented label="Decide by" choices={RULES} value={rule} onChange={setRule} />
          </div>
          <Report judged={judged} rule={rule} {...sorting} />
        </>
      )}
    </Source>
  );
}

function Headline({ judged: { report, evaluation } }: { readonly judged: Judged }) {
  const images = evaluation.labels.length;
  const mistakes = Math.round((1 - report.accuracy) * images);
  return (
    <div className="bigs">
      <Big name="accuracy">{percentText(report.accuracy)}</Big>
      <Big name="loss">{lossText(evaluation.loss)}</Big>
      <Big name={`mistakes in ${countText(images)}`}>{countText(mistakes)}</Big>
    </div>
  );
}

function Big({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div>
      <b>{children}</b>
      {name}
    </div>
  );
}

interface ReportProps extends ReportPanelProps {
  readonly judged: Judged;
  readonly rule: Rule;
}

function Report({ judged, rule, order, onOrder }: ReportProps) {
  const { labels, probabilities } = judged.evaluation;
  const report = rule === 'largest' ? judged.report : thresholdedReport(labels, probabilities);
  return (
    <>
      {rule === 'largest' ? (
        <Lede report={report} />
      ) : (
        <p className="lede">{thresholdedSentence(labels, probabilities)}</p>
      )}
      <ReportTable classes={CLASS_NAMES} report={report} order={order} onOrder={onOrder} />
      <div className="results-row">
        <span className="muted">Copy as</span>
        <CopyButton text={() => reportText(report)}>text</CopyButton>
        <CopyButton text={() => reportCsv(report)}>CSV</CopyButton>
        <CopyButton text={() => reportLatex(report)}>LaTeX</CopyButton>
      </div>
      <p className="report-note">
        Precision: of the garments called a shirt, the share that are shirts. Recall: of the shirts, the share that is
        found. F1: their harmonic mean.
      </p>
    </>
  );
}

/** The class with the most mistakes, in counts that are easy to imagine. */
function Lede({ report }: { readonly report: ClassificationReport }) {
  const tested = report.classes.filter(({ support }) => support > 0);
  const lowest = tested.toSorted((a, b) => a.f1 - b.f1)[0];
  if (lowest === undefined) return null;
  const name = className(report.classes.indexOf(lowest));
  const hundred = (share: number) => Math.round(share * 100);
  return (
    <p className="lede">
      <b>{name} is the hardest garment.</b> The network finds {hundred(lowest.recall)} of 100, and{' '}
      {hundred(lowest.precision)} of 100 garments that it calls {name} are one.
    </p>
  );
}
