import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { cellsOf, storedRow, typicalRow, unlikelyCells, wholeColumns } from '../../core/dataset/rows.ts';
import { classCountOf, classNameOf, type DatasetSpec, type TableSamples } from '../../core/dataset/spec.ts';
import type { Cell } from '../../core/dataset/table.ts';
import { withArticle } from '../../core/text/nouns.ts';
import { countText } from '../../core/text/number-text.ts';
import { Hint } from '../../ui/card/Notice.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { BarList } from '../../ui/matrix/BarList.tsx';
import { useDataSet, useQuestions } from '../lab.tsx';
import { useTrainingRows } from '../use-training-rows.ts';
import { Answer } from './Answer.tsx';
import { NearestRows } from './NearestRows.tsx';
import { RowFields } from './RowFields.tsx';
import type { RowStore, TypedRow } from './typed-row.ts';
import { WhoAnswers } from './WhoAnswers.tsx';
import './row.css';

/** Props of {@link RowPanel}. */
export interface RowPanelProps {
  readonly dataset: DatasetSpec;
  readonly samples: TableSamples;
  readonly row: RowStore;
}

/** A row to fill in, and what the network says of it while it is filled in. */
export function RowPanel({ dataset, samples, row: store }: RowPanelProps) {
  const typed = useStore(store);
  const setRow = (next: TypedRow | null) => store.setState(next, true);
  const row = typed?.dataset === dataset.id ? typed : null;
  const stored = useTrainingRows(dataset);
  const known = useMemo(() => (stored === undefined ? [] : cellsOf(samples, stored)), [samples, stored]);
  const whole = useMemo(() => wholeColumns(samples, known), [samples, known]);
  const typical = useMemo(() => typicalRow(samples, known), [samples, known]);
  const cells = row?.cells ?? typical;
  const answer = useAnsweredRow(dataset, samples, cells);
  const change = (column: number, cell: Cell) =>
    setRow({ dataset: dataset.id, origin: row?.origin ?? null, cells: cells.with(column, cell), changed: true });
  const unlikely = unlikelyCells(samples, cells);
  return (
    <>
      <WhoAnswers answer={answer} prompt={`Fill in ${withArticle(dataset.words.sample.one)}; the network answers`} />
      <div className="panel row-panel">
        <div className="row-answer">
          <Answer dataset={dataset} drawn answer={answer} isUnlike={unlikely.length > 0} />
          <BarList
            label="Prediction"
            classes={dataset.classes}
            outlines={null}
            shares={answer?.probabilities}
            faded={unlikely.length > 0}
            truth={row?.changed === false ? row.origin?.label : undefined}
          />
        </div>
        <RowSource dataset={dataset} samples={samples} row={row} setRow={setRow} />
        {unlikely.length > 0 && <Hint>{`${unlikely.join(' ')} That far outside, a network can only guess.`}</Hint>}
        <RowFields samples={samples} cells={cells} whole={whole} onChange={change} />
        <NearestRows dataset={dataset} samples={samples} cells={cells} />
      </div>
    </>
  );
}

/** Shows the row to the network; its newest answer, null while there is none. */
function useAnsweredRow(dataset: DatasetSpec, samples: TableSamples, cells: readonly Cell[]) {
  const { show, drawing } = useQuestions();
  const { pixels, answer } = useStore(drawing);
  const row = useMemo(() => storedRow(samples, cells), [samples, cells]);
  // Another data set takes what is shown away, so that it is shown again.
  const isShown = pixels === row;
  useEffect(() => {
    if (!isShown) show(row);
  }, [row, isShown, show]);
  return answer?.probabilities.length === classCountOf(dataset) ? answer : null;
}

interface RowSourceProps {
  readonly dataset: DatasetSpec;
  readonly samples: TableSamples;
  /** Null for the typical one. */
  readonly row: TypedRow | null;
  readonly setRow: (row: TypedRow | null) => void;
}

/** What the row began with, and how to begin with another one. */
function RowSource({ dataset, samples, row, setRow }: RowSourceProps) {
  const { ask, reportRefusal } = useQuestions();
  const { testImages, testLabels } = useDataSet((data) => data);
  const [next, setNext] = useState(0);
  const { sample } = dataset.words;
  const take = async () => {
    const place = next % testImages;
    setNext(place + 1);
    const bytes = await ask('images', { split: 'test', indices: Uint32Array.of(place) });
    const [cells] = cellsOf(samples, bytes);
    const origin = { place, label: testLabels[place] ?? 0 };
    if (cells) setRow({ dataset: dataset.id, cells, origin, changed: false });
  };
  return (
    <div className="row-source">
      <Button
        size="sm"
        variant="outline"
        blocked={testImages === 0 ? `The test ${sample.many} load last and are still loading.` : undefined}
        onClick={() => void take().catch(reportRefusal)}
      >
        Take a test row
      </Button>
      <Button size="sm" variant="quiet" disabled={row === null} onClick={() => setRow(null)}>
        Typical row
      </Button>
      <p role="status">{originWords(dataset, row)}</p>
    </div>
  );
}

function originWords(dataset: DatasetSpec, row: TypedRow | null): string {
  if (row === null)
    return `A typical ${dataset.words.sample.one}: the mean of each number, the most frequent of each category.`;
  if (row.origin === null) return `Your own ${dataset.words.sample.one}.`;
  const { place, label } = row.origin;
  const test = `test ${dataset.words.sample.one} ${countText(place + 1)}`;
  const name = classNameOf(dataset, label);
  return row.changed ? `Changed from ${test}, whose class is ${name}.` : `This is ${test}; its class is ${name}.`;
}
