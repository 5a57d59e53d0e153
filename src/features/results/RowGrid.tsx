import { type ReactNode, useMemo, useState } from 'react';
import { cellsOf } from '../../core/dataset/rows.ts';
import { classNameOf, type DatasetSpec, type TableSamples } from '../../core/dataset/spec.ts';
import type { ImageAnswer } from '../../core/evaluation/mistakes.ts';
import { countText, percentText } from '../../core/text/number-text.ts';
import { LinkButton } from '../../ui/form/Button.tsx';
import { type Remark, type RowEntry, RowTable } from '../../ui/matrix/RowTable.tsx';
import { usePixels } from '../use-pixels.ts';
import type { Judged } from './judged.ts';

/** The most rows of a list: a table can be sorted by any column, and needs the cells of all for that. */
const MOST = 500;

/** What stands beside the cells of a row. */
export interface RowRemarks<Answer> {
  readonly heads: readonly string[];
  readonly of: (answer: Answer) => readonly Remark[];
}

/** What a row is, what the network said, and how sure it was. */
export function ownRemarks(dataset: DatasetSpec): RowRemarks<ImageAnswer> {
  return {
    heads: ['True', 'Said', 'Sure'],
    of: ({ label, predicted, confidence }) => [
      remark(classNameOf(dataset, label)),
      { ...remark(classNameOf(dataset, predicted)), strong: label !== predicted },
      { text: percentText(confidence), value: confidence },
    ],
  };
}

/** A word beside a row. */
export function remark(text: string): Remark {
  return { text, value: text };
}

/** Props of {@link RowGrid}. */
export interface RowGridProps<Answer extends ImageAnswer> {
  readonly judged: Judged;
  readonly samples: TableSamples;
  readonly answers: readonly Answer[];
  /** How many show at first; each press of the button below shows four times as many more. */
  readonly page: number;
  readonly remarks: RowRemarks<Answer>;
  /** The name of a row for screen readers. */
  readonly nameOf: (answer: Answer) => string;
  /** Opens one of the answers, in the order of the table. */
  readonly onOpen: (place: number, answers: readonly Answer[]) => void;
  /** What stands below: the one that is open. */
  readonly children: ReactNode;
}

/** Rows of a table with what the network said of them, to be sorted by any column. Pressing one opens it. */
export function RowGrid<Answer extends ImageAnswer>(props: RowGridProps<Answer>) {
  const { judged, samples, answers, page, remarks, nameOf, onOpen, children } = props;
  const { dataset, split } = judged;
  const [shown, setShown] = useState(page);
  const listed = useMemo(() => answers.slice(0, MOST), [answers]);
  const stored = usePixels(
    split,
    listed.map(({ index }) => index),
    dataset,
  );
  const cells = useMemo(() => (stored === undefined ? [] : cellsOf(samples, stored)), [samples, stored]);
  const rows = listed.map((answer, i): RowEntry => {
    return { key: answer.index, remarks: remarks.of(answer), cells: cells[i], name: nameOf(answer) };
  });
  const open = (place: number, order: readonly RowEntry[]) =>
    onOpen(
      place,
      order.flatMap(({ key }) => listed.find(({ index }) => index === key) ?? []),
    );
  return (
    <>
      <RowTable
        label={`${dataset.title}, ${split === 'test' ? 'test' : 'validation'} ${dataset.words.sample.many}`}
        samples={samples}
        heads={remarks.heads}
        rows={rows}
        shown={shown}
        sortable
        onOpen={open}
      />
      {listed.length > shown && (
        <p className="results-row">
          <LinkButton onClick={() => setShown(shown + 4 * page)}>Show more</LinkButton>
        </p>
      )}
      {answers.length > MOST && (
        <p className="report-note">{`These are the first ${countText(MOST)} of ${countText(answers.length)}.`}</p>
      )}
      {children}
    </>
  );
}
