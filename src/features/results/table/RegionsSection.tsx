import { useMemo, useState } from 'react';
import { at } from '../../../core/at.ts';
import { cellText, rowValues, storedRow, typicalRow } from '../../../core/dataset/rows.ts';
import { classNameOf, type DatasetSpec, type TableSamples } from '../../../core/dataset/spec.ts';
import type { Cell } from '../../../core/dataset/table.ts';
import {
  type NumberColumn,
  numberColumns,
  REGION_SIDE,
  regionRows,
  regionsOf,
  shareOf,
} from '../../../core/explaining/decision-regions.ts';
import { listOf } from '../../../core/text/nouns.ts';
import { countText } from '../../../core/text/number-text.ts';
import { SelectField } from '../../../ui/form/SelectField.tsx';
import { Segmented } from '../../../ui/form/Toggle.tsx';
import { RegionPlot } from '../../../ui/image/RegionPlot.tsx';
import { useDataSet } from '../../lab.tsx';
import { spreadPlaces } from '../../use-training-rows.ts';
import { classColour } from '../class-colour.ts';
import { Head } from '../InsideSections.tsx';
import { useManyAnswers } from './use-many-answers.ts';

/** A row as cells and as values. */
interface OwnRow {
  readonly cells: readonly Cell[];
  readonly values: Float32Array;
}

/** Props of {@link RegionsSection}. */
export interface RegionsSectionProps {
  readonly dataset: DatasetSpec;
  readonly samples: TableSamples;
  /** Training rows spread over all that have arrived. */
  readonly training: readonly (readonly Cell[])[];
  /** The row that is looked at. */
  readonly row: OwnRow;
}

type Others = 'typical' | 'row';

/** Which class the network says for each pair of numbers in two columns. */
export function RegionsSection(props: RegionsSectionProps) {
  const { samples } = props;
  const columns = useMemo(() => numberColumns(samples), [samples]);
  const [first, second] = columns;
  if (first === undefined || second === undefined) {
    return (
      <section className="inside-part">
        <Head title="Decision regions of two columns" />
        <p>
          A picture of regions needs two columns of numbers, and this table has {columns.length === 1 ? 'one' : 'none'}.
        </p>
      </section>
    );
  }
  return <Picture {...props} columns={columns} first={first} second={second} />;
}

interface PictureProps extends RegionsSectionProps {
  readonly columns: readonly NumberColumn[];
  readonly first: NumberColumn;
  readonly second: NumberColumn;
}

function Picture({ dataset, samples, training, row, columns, first, second }: PictureProps) {
  const [across, setAcross] = useState(first.column);
  const [up, setUp] = useState(second.column);
  const [others, setOthers] = useState<Others>('typical');
  const { one } = dataset.words.sample;
  const [x, y] = [columnAt(columns, across, first), columnAt(columns, up, second)];
  const base = useMemo(() => {
    if (others === 'row') return row.values;
    const typical = storedRow(samples, typicalRow(samples, training));
    return typical === null ? row.values : rowValues(samples, typical);
  }, [others, samples, training, row]);
  const question = useMemo(() => ({ x, y, values: regionRows(samples, base, x, y) }), [samples, base, x, y]);
  const { answered, problem } = useManyAnswers(samples, question);
  const rest = samples.fields.filter((_, column) => column !== x.column && column !== y.column);
  const choices = columns.map(({ column, field }) => ({ value: column, label: field.name }));
  return (
    <section className="inside-part">
      <Head title="Decision regions of two columns" />
      <div className="table-choices">
        <SelectField label="Across" choices={choices} value={x.column} onChange={setAcross} />
        <SelectField label="Up" choices={choices} value={y.column} onChange={setUp} />
      </div>
      {rest.length > 0 && (
        <Segmented
          label="Other columns as in"
          choices={[
            { value: 'typical', label: `A typical ${one}` },
            { value: 'row', label: `This ${one}` },
          ]}
          value={others}
          onChange={setOthers}
        />
      )}
      {problem !== null && <p>{problem}</p>}
      {answered && (
        <Regions
          dataset={dataset}
          x={answered.question.x}
          y={answered.question.y}
          probabilities={answered.answer.probabilities}
          training={training}
          cells={row.cells}
        />
      )}
      <p>
        {wordsOf(
          dataset,
          rest.map(({ name }) => name),
          others,
        )}
      </p>
    </section>
  );
}

function columnAt(columns: readonly NumberColumn[], column: number, otherwise: NumberColumn): NumberColumn {
  return columns.find((own) => own.column === column) ?? otherwise;
}

/** How many names of columns a sentence takes. */
const NAMES = 4;

function wordsOf({ words }: DatasetSpec, rest: readonly string[], others: Others): string {
  const { one, many } = words.sample;
  const colours = `The colour of a place is the class that the network answers there; the stronger the colour, the surer it is. Points are training ${many} in the colours of their own classes, and the ring is the ${one} above.`;
  if (rest.length === 0) return colours;
  const names = rest.length > NAMES ? `The other ${countText(rest.length)} columns` : listOf(rest);
  const verb = rest.length === 1 ? 'is' : 'are';
  const held = others === 'typical' ? `as in a typical ${one}` : `as in this ${one}`;
  return `${colours} ${names} ${verb} ${held} everywhere, but not for the points: so a point may lie in a region of another class, and the network still be right about it.`;
}

interface RegionsProps {
  readonly dataset: DatasetSpec;
  readonly x: NumberColumn;
  readonly y: NumberColumn;
  /** [side, side, classes], line by line from the top. */
  readonly probabilities: Float32Array;
  readonly training: readonly (readonly Cell[])[];
  readonly cells: readonly Cell[];
}

function Regions({ dataset, x, y, probabilities, training, cells }: RegionsProps) {
  const { classes } = dataset;
  const arrived = useDataSet(({ trainingLabels }) => trainingLabels);
  const regions = useMemo(() => regionsOf(probabilities, classes.length), [probabilities, classes]);
  const colours = useMemo(() => classes.map((_, label) => classColour(label, classes.length)), [classes]);
  const points = useMemo(() => {
    const places = spreadPlaces(arrived.length, training.length);
    return training.map((own, i) => ({ ...placed(x, y, own), label: arrived[at(places, i)] ?? 0 }));
  }, [x, y, training, arrived]);
  const present = classes.map((_, label) => regions.labels.filter((own) => own === label).length);
  const shares = present.flatMap((count, label) =>
    count === 0
      ? []
      : [`${classNameOf(dataset, label)} in ${Math.round((100 * count) / regions.labels.length)}\u202f%`],
  );
  return (
    <>
      <RegionPlot
        label={`Decision regions by ${x.field.name} and ${y.field.name}: ${listOf(shares)} of the picture`}
        side={REGION_SIDE}
        regions={regions}
        colours={colours}
        points={points}
        mark={placed(x, y, cells)}
        across={axisOf(x)}
        up={axisOf(y)}
      />
      <ul className="map-legend num">
        {classes.map((name, label) => (
          <li key={name}>
            <i style={{ background: at(colours, label) }} />
            {name}
          </li>
        ))}
      </ul>
    </>
  );
}

function axisOf({ field }: NumberColumn) {
  return { name: field.name, least: cellText(field, rounded(field.least)), most: cellText(field, rounded(field.most)) };
}

function rounded(number: number): number {
  return Number(number.toPrecision(4));
}

/** Where a row lies, from the left and from the bottom, as shares. */
function placed(x: NumberColumn, y: NumberColumn, cells: readonly Cell[]) {
  return {
    x: shareOf(x.field, Number(cells[x.column] ?? Number.NaN)),
    y: shareOf(y.field, Number(cells[y.column] ?? Number.NaN)),
  };
}
