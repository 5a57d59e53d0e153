import { useState } from 'react';
import { classNoun } from '../../core/dataset/sample-words.ts';
import { classCountOf, classNameOf, type DatasetSpec } from '../../core/dataset/spec.ts';
import type { ClassificationReport } from '../../core/evaluation/metrics.ts';
import { reportCsv, reportLatex, reportText } from '../../core/evaluation/report-text.ts';
import { thresholdedReport, thresholdedSentence } from '../../core/evaluation/thresholded.ts';
import { withArticle } from '../../core/text/nouns.ts';
import { countText, decimalText, lossText, percentText } from '../../core/text/number-text.ts';
import { outlinesOf } from '../../datasets/capabilities.ts';
import { shippedDataset } from '../../datasets/catalogue.ts';
import { CopyButton } from '../../ui/form/CopyButton.tsx';
import { Segmented } from '../../ui/form/Toggle.tsx';
import { ReportTable } from '../../ui/matrix/ReportTable.tsx';
import type { ReportOrder } from '../../ui/matrix/report-order.ts';
import { WithTerms } from '../terms.tsx';
import { AsReported } from './AsReported.tsx';
import type { Judged } from './judged.ts';
import { Source } from './Source.tsx';
import { ThresholdControls } from './ThresholdControls.tsx';
import { ThresholdSection } from './ThresholdSection.tsx';
import { choiceFor, decided, type ThresholdProps } from './threshold.ts';

/** How the probabilities of a sample become a decision. */
type Rule = 'largest' | 'threshold';

const RULES: readonly { readonly value: Rule; readonly label: string }[] = [
  { value: 'largest', label: 'Largest output' },
  { value: 'threshold', label: 'Threshold 0.5' },
];

/** Props of {@link ReportPanel}. */
export interface ReportPanelProps extends SortingProps, ThresholdProps {}

interface SortingProps {
  /** How the table is sorted. The copies keep the order of scikit-learn. */
  readonly order: ReportOrder;
  readonly onOrder: (order: ReportOrder) => void;
}

/** Precision, recall and F1 of every class, and what they say in words. */
export function ReportPanel({ choice, onChoice, ...sorting }: ReportPanelProps) {
  const [rule, setRule] = useState<Rule>('largest');
  return (
    <Source>
      {(judged) => {
        const threshold = { judged, choice, onChoice };
        return classCountOf(judged.dataset) === 2 ? (
          <>
            <Headline judged={decided(judged, choice)} threshold={choiceFor(judged, choice).threshold} />
            <ThresholdControls {...threshold} />
            <Report judged={decided(judged, choice)} rule="largest" {...sorting} />
            <ThresholdSection key={judged.dataset.id} {...threshold} />
            <AsReported />
          </>
        ) : (
          <>
            <Headline judged={judged} />
            <div className="results-row">
              <span className="muted">Decide by</span>
              <Segmented label="Decide by" choices={RULES} value={rule} onChange={setRule} />
            </div>
            <Report judged={judged} rule={rule} {...sorting} />
            <ThresholdSection key={judged.dataset.id} {...threshold} />
            <AsReported />
          </>
        );
      }}
    </Source>
  );
}

interface HeadlineProps {
  readonly judged: Judged;
  /** Of the decision between two classes. */
  readonly threshold?: number;
}

function Headline({ judged: { report, evaluation }, threshold }: HeadlineProps) {
  const samples = evaluation.labels.length;
  const mistakes = Math.round((1 - report.accuracy) * samples);
  const accuracy = threshold === undefined ? 'accuracy' : `accuracy at threshold ${decimalText(threshold, 2)}`;
  return (
    <div className="bigs">
      <Big name={accuracy}>{percentText(report.accuracy)}</Big>
      <Big name="loss">{lossText(evaluation.loss)}</Big>
      <Big name={`mistakes in ${countText(samples)}`}>{countText(mistakes)}</Big>
    </div>
  );
}

function Big({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div>
      <b>{children}</b>
      <WithTerms>{name}</WithTerms>
    </div>
  );
}

interface ReportProps extends SortingProps {
  readonly judged: Judged;
  readonly rule: Rule;
}

function Report({ judged, rule, order, onOrder }: ReportProps) {
  const { dataset, evaluation } = judged;
  const { classes } = dataset;
  const report = rule === 'largest' ? judged.report : thresholdedReport(evaluation);
  return (
    <>
      {rule === 'largest' ? (
        <Lede report={report} dataset={dataset} />
      ) : (
        <p className="lede">{thresholdedSentence(evaluation, dataset.words.sample)}</p>
      )}
      <ReportTable {...{ classes, report, order, onOrder }} outlines={outlinesOf(dataset)} />
      <div className="results-row">
        <span className="muted">Copy as</span>
        <CopyButton text={() => reportText(report, classes)}>text</CopyButton>
        <CopyButton text={() => reportCsv(report, classes)}>CSV</CopyButton>
        <CopyButton text={() => reportLatex(report, classes)}>LaTeX</CopyButton>
      </div>
      <p className="report-note">
        <WithTerms>{`${scoreWords(dataset)} F1: their harmonic mean.`}</WithTerms>
      </p>
    </>
  );
}

/** What the figures are shares of. */
function scoreWords(dataset: DatasetSpec): string {
  const { subject } = dataset.words;
  const example = shippedDataset(dataset)?.example;
  if (example === undefined)
    return `Precision: of the ${subject.many} that are given a class, the share that belong to it. Recall: of the ${subject.many} of a class, the share that is found.`;
  return `Precision: of the ${subject.many} called ${withArticle(example.one)}, the share that are ${example.many}. Recall: of the ${example.many}, the share that is found.`;
}

interface LedeProps {
  readonly report: ClassificationReport;
  readonly dataset: DatasetSpec;
}

/** The class with the most mistakes, in counts that are easy to imagine. */
function Lede({ report, dataset }: LedeProps) {
  const { subject } = dataset.words;
  const tested = report.classes.filter(({ support }) => support > 0);
  if (tested.length > 0 && tested.every(({ f1 }) => f1 === 1)) {
    return (
      <p className="lede">
        <b>No mistake.</b> The network recognised all of these {subject.many}.
      </p>
    );
  }
  const lowest = tested.toSorted((a, b) => a.f1 - b.f1)[0];
  if (lowest === undefined) return null;
  const name = classNameOf(dataset, report.classes.indexOf(lowest));
  const hundred = (share: number) => Math.round(share * 100);
  return (
    <p className="lede">
      <b>{`${name} is the hardest ${classNoun(dataset).one}.`}</b> The network finds {hundred(lowest.recall)} of 100.
      When it answers {name}, it is right {hundred(lowest.precision)} times out of 100.
    </p>
  );
}
