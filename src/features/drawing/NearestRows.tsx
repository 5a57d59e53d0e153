import { useEffect, useMemo, useState } from 'react';
import { at } from '../../core/at.ts';
import { cellsOf, storedRow } from '../../core/dataset/rows.ts';
import { classNameOf, type DatasetSpec, type TableSamples } from '../../core/dataset/spec.ts';
import type { Cell } from '../../core/dataset/table.ts';
import type { LabelledNeighbours } from '../../core/explaining/nearest.ts';
import { decimalText } from '../../core/text/number-text.ts';
import { RowTable } from '../../ui/matrix/RowTable.tsx';
import { useQuestions } from '../lab.tsx';
import { usePixels } from '../use-pixels.ts';

/** Milliseconds without a change after which the training rows are searched. */
const REST = 800;

/** How many of the nearest training rows are shown. */
const NEAREST = 5;

/** Props of {@link NearestRows}. */
export interface NearestRowsProps {
  readonly dataset: DatasetSpec;
  readonly samples: TableSamples;
  readonly cells: readonly Cell[];
}

/** The training rows nearest to the one in the form, a moment after its last change. */
export function NearestRows({ dataset, samples, cells }: NearestRowsProps) {
  const found = useNearest(samples, cells);
  const indices = useMemo(() => Array.from(found?.indices ?? []), [found]);
  const bytes = usePixels('train', indices, dataset);
  if (found === null || found.searched === 0) return null;
  const rows = bytes === undefined ? [] : cellsOf(samples, bytes);
  return (
    <>
      <div className="sub nearest-head">
        <h3>Nearest training {dataset.words.sample.many}</h3>
      </div>
      <RowTable
        label={`Nearest training ${dataset.words.sample.many}`}
        samples={samples}
        heads={['Class', 'Distance']}
        rows={indices.map((key, i) => {
          const name = classNameOf(dataset, at(found.labels, i));
          const distance = at(found.distances, i);
          const remarks = [
            { text: name, value: name },
            { text: decimalText(distance, 2), value: distance },
          ];
          return { key, name, cells: rows[i], remarks };
        })}
      />
    </>
  );
}

function useNearest(samples: TableSamples, cells: readonly Cell[]): LabelledNeighbours | null {
  const { ask, reportRefusal } = useQuestions();
  const [found, setFound] = useState<LabelledNeighbours | null>(null);
  useEffect(() => {
    const pixels = storedRow(samples, cells);
    if (pixels === null) return;
    const waiting = new AbortController();
    const { signal } = waiting;
    const timer = setTimeout(() => {
      ask('pixelNeighbours', { pixels, k: NEAREST }, { signal }).then(setFound, reportRefusal);
    }, REST);
    return () => {
      waiting.abort();
      clearTimeout(timer);
    };
  }, [samples, cells, ask, reportRefusal]);
  return found;
}
