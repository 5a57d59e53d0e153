import { useState } from 'react';
import type { DatasetSpec, TableSamples } from '../../../core/dataset/spec.ts';
import { comparisonWords, type FieldWeights, fieldWeights } from '../../../core/explaining/field-weights.ts';
import type { FirstLayer } from '../../../core/explaining/first-layer.ts';
import { countText } from '../../../core/text/number-text.ts';
import { LinkButton } from '../../../ui/form/Button.tsx';
import { SelectField } from '../../../ui/form/SelectField.tsx';
import { SignedBars } from '../../../ui/matrix/SignedBars.tsx';
import { Head, NOT_NUMBERS } from '../InsideSections.tsx';

/** How many columns show at first. */
const COLUMNS = 12;

/** Props of {@link FieldWeightsSection}. */
export interface FieldWeightsSectionProps {
  readonly dataset: DatasetSpec;
  readonly samples: TableSamples;
  readonly first: FirstLayer;
}

/** The weights of the first layer by column, the largest first. */
export function FieldWeightsSection({ dataset, samples, first }: FieldWeightsSectionProps) {
  const { name, columns, unit } = first;
  const [chosen, setChosen] = useState<number | null>(null);
  const [all, setAll] = useState(false);
  const title = 'First-layer weights by column';
  if (columns === null) {
    return (
      <section className="inside-part">
        <Head title={title} />
        <p>{name ?? 'No layer'} comes first. Only the weights of a Dense layer on the row itself belong to columns.</p>
      </section>
    );
  }
  const { units } = columns;
  // A single unit has nothing to choose from.
  const shown = units === 1 ? 0 : chosen !== null && chosen < units ? chosen : null;
  const fields = fieldWeights(samples, columns, shown);
  const most = fields[0]?.size ?? 0;
  if (columns.values.some((weight) => !Number.isFinite(weight))) return <Lost title={title} />;
  const visible = all ? fields : fields.slice(0, COLUMNS);
  return (
    <section className="inside-part">
      <Head title={title} />
      {units > 1 && (
        <div className="inside-layer">
          <SelectField
            label="Weights of"
            choices={unitChoices(dataset, first, units)}
            value={shown}
            onChange={setChosen}
          />
        </div>
      )}
      <p>
        {meaningOf(dataset, first, shown)} {comparisonWords(samples)}
      </p>
      <SignedBars label={`Weights of ${name}`} most={most} signed={shown !== null} groups={visible.map(groupOf)} />
      {visible.length < fields.length && (
        <p className="results-row">
          <LinkButton onClick={() => setAll(true)}>Show more: {countText(fields.length - visible.length)}</LinkButton>
        </p>
      )}
      {unit === 'unit' && shown === null && (
        <p>
          A column with large weights moves many units, but what the layers behind it make of that is not seen here.
        </p>
      )}
    </section>
  );
}

function Lost({ title }: { readonly title: string }) {
  return (
    <section className="inside-part">
      <Head title={title} />
      <p>{NOT_NUMBERS}</p>
    </section>
  );
}

function unitChoices({ classes }: DatasetSpec, { unit }: FirstLayer, units: number) {
  const nameOf = (index: number) => (unit === 'class' ? (classes[index] ?? '') : `Unit ${index + 1}`);
  const all = { value: null, label: unit === 'class' ? 'all classes' : `all ${countText(units)} units` };
  return [all, ...Array.from({ length: units }, (_, value) => ({ value, label: nameOf(value) }))];
}

function meaningOf({ classes }: DatasetSpec, { name, unit }: FirstLayer, shown: number | null): string {
  if (shown === null) return `How large the weights from each column into ${name} are, on the mean of its units.`;
  if (unit === 'class')
    return `Above 0, more of a column makes ${classes[shown] ?? ''} more likely; below 0, less likely.`;
  if (unit === 'second')
    return `Above 0, more of a column makes ${classes[1] ?? ''} more likely; below 0, less likely.`;
  return `Above 0, more of a column raises unit ${shown + 1} of ${name}; below 0, it lowers it.`;
}

function groupOf({ field, weights }: FieldWeights) {
  const names = field.kind === 'number' ? [''] : field.categories;
  return { name: field.name, bars: weights.map((value, i) => ({ name: names[i] ?? '', value })) };
}
