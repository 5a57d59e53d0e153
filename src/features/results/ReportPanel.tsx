import { CLASS_NAMES, className } from '../../core/classes.ts';
import type { ClassificationReport } from '../../core/metrics.ts';
import { formatCount, formatPercent, formatScore } from '../../ui/format.ts';
import { ReportTable } from '../../ui/ReportTable.tsx';
import type { Judged } from './judged.ts';
import { Source } from './Source.tsx';

/** Precision, recall and F1 of every garment, and what they say in words. */
export function ReportPanel() {
  return <Source>{(judged) => <Report judged={judged} />}</Source>;
}

function Report({ judged: { report, evaluation } }: { readonly judged: Judged }) {
  const images = evaluation.labels.length;
  const mistakes = Math.round((1 - report.accuracy) * images);
  return (
    <>
      <div className="bigs">
        <Big name="accuracy">{formatPercent(report.accuracy)}</Big>
        <Big name="macro F1">{formatScore(report.macro.f1)}</Big>
        <Big name={`mistakes in ${formatCount(images)}`}>{formatCount(mistakes)}</Big>
      </div>
      <Lede report={report} />
      <ReportTable classes={CLASS_NAMES} report={report} />
      <p className="report-note">
        Precision: of the garments called a shirt, how many are shirts. Recall: of the shirts, how many are found. F1 is
        their harmonic mean. Loss {evaluation.loss.toFixed(3)}.
      </p>
    </>
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

/** The hardest garment, in numbers that one can picture. */
function Lede({ report }: { readonly report: ClassificationReport }) {
  const scores = report.classes.filter(({ support }) => support > 0);
  const lowest = scores.toSorted((a, b) => a.f1 - b.f1)[0];
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
