import { useMemo } from 'react';
import { fieldPlaces, rowValues } from '../../../core/dataset/rows.ts';
import type { DatasetSpec, TableSamples } from '../../../core/dataset/spec.ts';
import { importanceOf, importanceQuestion, importanceRows } from '../../../core/explaining/permutation-importance.ts';
import { countText, percentText, pointsText } from '../../../core/text/number-text.ts';
import { SignedBars } from '../../../ui/matrix/SignedBars.tsx';
import { useDataSet } from '../../lab.tsx';
import { usePixels } from '../../use-pixels.ts';
import { spreadPlaces } from '../../use-training-rows.ts';
import { Head } from '../InsideSections.tsx';
import { useManyAnswers } from './use-many-answers.ts';

/** The most test rows that are asked about, and the most values of all rows: beyond, asking takes long. */
const MOST_ROWS = 300;
const MOST_VALUES = 4_000_000;

/** Fewer rows would say too little. */
const LEAST_ROWS = 20;

/** How many columns show. */
const COLUMNS = 12;

/** Props of {@link ImportanceSection}. */
export interface ImportanceSectionProps {
  readonly dataset: DatasetSpec;
  readonly samples: TableSamples;
}

/** How much the answers rely on each column: by how much the accuracy falls when its cells change places. */
export function ImportanceSection({ dataset, samples }: ImportanceSectionProps) {
  const { many } = dataset.words.sample;
  const testLabels = useDataSet((data) => data.testLabels);
  const rows = Math.min(MOST_ROWS, testLabels.length, mostRows(samples));
  const places = useMemo(() => spreadPlaces(testLabels.length, rows), [testLabels, rows]);
  const stored = usePixels('test', places, dataset);
  const question = useMemo(() => {
    if (stored === undefined || places.length < LEAST_ROWS) return null;
    const labels = Uint8Array.from(places, (place) => testLabels[place] ?? 0);
    return { labels, values: importanceQuestion(samples, rowValues(samples, stored)) };
  }, [samples, stored, places, testLabels]);
  const { answered, problem } = useManyAnswers(samples, question);
  const found = useMemo(
    () => answered && importanceOf(samples, answered.answer.probabilities, answered.question.labels),
    [samples, answered],
  );
  return (
    <section className="inside-part">
      <Head title="What the answers rely on" />
      <p>
        The cells of one column change places among the test {many}, so that they fit to nothing any more: by how much
        the accuracy falls is how much the network relies on the column. Where two columns say nearly the same, either
        can stand in for the other, and both look unimportant.
      </p>
      {mostRows(samples) < LEAST_ROWS && (
        <p>{`With ${countText(samples.fields.length)} columns this would take too long.`}</p>
      )}
      {problem !== null && <p>{problem}</p>}
      {found !== null && (
        <>
          <SignedBars
            label="What the answers rely on"
            most={Math.max(0.05, ...found.fields.map(({ fall }) => Math.abs(fall)))}
            signed={false}
            format={pointsText}
            groups={found.fields
              .slice(0, COLUMNS)
              .map(({ field, fall }) => ({ name: field.name, bars: [{ name: '', value: Math.max(0, fall) }] }))}
          />
          <p className="num">
            {`Accuracy ${percentText(found.accuracy)} on ${countText(found.rows)} test ${many} as they are; falls are means of three shuffles.`}
          </p>
        </>
      )}
    </section>
  );
}

function mostRows(samples: TableSamples): number {
  const width = fieldPlaces(samples).reduce((sum, { count }) => sum + count, 0);
  return Math.floor(MOST_VALUES / Math.max(1, width * importanceRows(samples, 1)));
}
