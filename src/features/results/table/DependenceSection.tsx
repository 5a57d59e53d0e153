import { useMemo, useState } from 'react';
import { at } from '../../../core/at.ts';
import { cellText } from '../../../core/dataset/rows.ts';
import { type DatasetSpec, type TableSamples, valueCountOf } from '../../../core/dataset/spec.ts';
import type { Cell } from '../../../core/dataset/table.ts';
import {
  dependenceOf,
  dependenceQuestion,
  effectOf,
  type FieldDependence,
} from '../../../core/explaining/partial-dependence.ts';
import { countText, pointsText } from '../../../core/text/number-text.ts';
import { BandChart } from '../../../ui/chart/BandChart.tsx';
import { SelectField } from '../../../ui/form/SelectField.tsx';
import { BarList } from '../../../ui/matrix/BarList.tsx';
import { Head } from '../InsideSections.tsx';
import { useManyAnswers } from './use-many-answers.ts';

/** The most values of all rows that are asked about at once. */
const MOST_VALUES = 4_000_000;

/** Props of {@link DependenceSection}. */
export interface DependenceSectionProps {
  readonly dataset: DatasetSpec;
  readonly samples: TableSamples;
  /** Training rows as they are stored, [n, values]; null while they are being fetched. */
  readonly values: Float32Array | null;
  /** The row that is looked at. */
  readonly row: readonly Cell[];
}

/** How the answers depend on one column, on the mean over training rows. */
export function DependenceSection({ dataset, samples, values, row }: DependenceSectionProps) {
  const [column, setColumn] = useState(0);
  const [chosen, setChosen] = useState<number | null>(null);
  const { classes, words } = dataset;
  const { many } = words.sample;
  const label = chosen ?? (classes.length === 2 ? 1 : 0);
  const question = useMemo(() => {
    if (values === null) return null;
    const width = valueCountOf(samples);
    const field = at(samples.fields, column);
    const grid = field.kind === 'number' ? 25 : Math.max(1, field.categories.length);
    const rows = Math.max(1, Math.floor(MOST_VALUES / (grid * width)));
    return dependenceQuestion(samples, values.subarray(0, rows * width), column);
  }, [samples, values, column]);
  const { answered, problem } = useManyAnswers(samples, question);
  const found = useMemo(
    () => answered && dependenceOf(answered.question, answered.answer.probabilities, classes.length),
    [answered, classes],
  );
  return (
    <section className="inside-part">
      <Head title="How the answer depends on a column" />
      <div className="table-choices">
        <SelectField
          label="Column"
          choices={samples.fields.map(({ name }, value) => ({ value, label: name }))}
          value={column}
          onChange={setColumn}
        />
        <SelectField
          label="Probability of"
          choices={classes.map((name, value) => ({ value, label: name }))}
          value={label}
          onChange={setChosen}
        />
      </div>
      {problem !== null && <p>{problem}</p>}
      {found !== null && (
        <Dependence found={found} name={at(classes, label)} label={label} cell={row[column] ?? null} />
      )}
      {found !== null && (
        <p>
          {`${wordsOf(found, label, at(classes, label))} In each of ${countText(found.rows)} training ${many} the column is set to each value in turn while everything else stays; `}
          {`the ${found.field.kind === 'number' ? 'line is' : 'bars are'} the mean answer${found.field.kind === 'number' ? ', and the band holds the middle 80\u202f% of them' : ''}. `}
          {`Where columns depend on each other, some of these ${many} may never occur. And this is what the network does, not what would happen in the world if the column changed.`}
        </p>
      )}
    </section>
  );
}

function wordsOf(found: FieldDependence, label: number, name: string): string {
  const effect = effectOf(found, label);
  if (effect < 0.005) return `The probability of ${name} hardly depends on ${found.field.name}.`;
  if (found.field.kind === 'category')
    return `The categories of ${found.field.name} change the probability of ${name} by up to ${pointsText(effect)}.`;
  return `Across its range, ${found.field.name} changes the probability of ${name} by ${pointsText(effect)}.`;
}

interface DependenceProps {
  readonly found: FieldDependence;
  readonly name: string;
  readonly label: number;
  /** What the row that is looked at has in this column. */
  readonly cell: Cell;
}

function Dependence({ found, name, label, cell }: DependenceProps) {
  const { field, grid, classes } = found;
  const of = (values: Float32Array) => grid.map((_, place) => at(values, place * classes + label));
  const title = `Probability of ${name} by ${field.name}`;
  if (field.kind === 'category')
    return <BarList label={title} classes={field.categories} outlines={null} shares={of(found.means)} />;
  return (
    <BandChart
      label={title}
      xs={grid.map(Number)}
      means={of(found.means)}
      low={of(found.low)}
      high={of(found.high)}
      mark={typeof cell === 'number' ? cell : null}
      format={(number) => cellText(field, Number(number.toPrecision(3)))}
    />
  );
}
