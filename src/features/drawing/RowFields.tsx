import { useState } from 'react';
import { cellText, mayBeMissing, roundedTo } from '../../core/dataset/rows.ts';
import type { CategoryField, NumberField, TableSamples } from '../../core/dataset/spec.ts';
import type { Cell } from '../../core/dataset/table.ts';
import { Pages } from '../../ui/form/Pages.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { TapeSlider } from '../../ui/form/TapeSlider.tsx';
import { Chip } from '../../ui/form/Toggle.tsx';

/** Props of {@link RowFields}. */
export interface RowFieldsProps {
  readonly samples: TableSamples;
  readonly cells: readonly Cell[];
  /** Of each column whether it has whole numbers only. */
  readonly whole: readonly boolean[];
  readonly onChange: (column: number, cell: Cell) => void;
}

/** Columns on a page: a thousand sliders would take seconds to lay out. */
const PAGE = 24;

/** A control for each column of a table; of many columns, a page at a time. */
export function RowFields({ samples, cells, whole, onChange }: RowFieldsProps) {
  const [chosen, setPage] = useState(0);
  const page = Math.min(chosen, Math.ceil(samples.fields.length / PAGE) - 1);
  const first = page * PAGE;
  return (
    <fieldset className="row-fields" aria-label="Row">
      {samples.fields.slice(first, first + PAGE).map((field, i) => {
        const column = first + i;
        const cell = cells[column] ?? null;
        const change = (next: Cell) => onChange(column, next);
        return field.kind === 'number' ? (
          <NumberCell key={field.name} field={field} cell={cell} whole={whole[column] === true} onChange={change} />
        ) : (
          <CategoryCell key={field.name} field={field} cell={cell} onChange={change} />
        );
      })}
      <Pages what="Columns" total={samples.fields.length} each={PAGE} page={page} onPage={setPage} />
    </fieldset>
  );
}

/** How far beyond the training rows a number may be typed, in spans of these. */
const BEYOND = 10;

interface NumberCellProps {
  readonly field: NumberField;
  readonly cell: Cell;
  readonly whole: boolean;
  readonly onChange: (cell: Cell) => void;
}

function NumberCell({ field, cell, whole, onChange }: NumberCellProps) {
  const { name, unit, least, most, fill } = field;
  const isMissing = cell === null;
  const span = most > least ? most - least : Math.max(1, Math.abs(most));
  const value = Number(cell ?? fill ?? least);
  const rounded = (number: number) => (whole ? Math.round(number) : roundedTo(field, number));
  const label = unit === '' ? name : `${name} (${unit})`;
  return (
    <div className="row-field">
      <TapeSlider
        label={label}
        kind="linear"
        ticks={[least, most].map((end) => ({ value: end, label: String(Number(end.toPrecision(5))) }))}
        usual={{ min: least, max: least + span }}
        min={rounded(least - BEYOND * span)}
        max={rounded(most + BEYOND * span)}
        step={whole ? 1 : roundStep(span / 100)}
        snap={rounded}
        value={value}
        disabled={isMissing}
        onChange={onChange}
      />
      {mayBeMissing(field) && (
        <Chip on={isMissing} onChange={(on) => onChange(on ? null : value)}>
          missing<span className="vh"> {name}</span>
        </Chip>
      )}
    </div>
  );
}

/** The power of ten, or twice or five times it, at or below a number. */
function roundStep(number: number): number {
  const ten = 10 ** Math.floor(Math.log10(number));
  return Number((ten * (number >= 5 * ten ? 5 : number >= 2 * ten ? 2 : 1)).toPrecision(1));
}

interface CategoryCellProps {
  readonly field: CategoryField;
  readonly cell: Cell;
  readonly onChange: (cell: Cell) => void;
}

function CategoryCell({ field, cell, onChange }: CategoryCellProps) {
  const missing = { value: null, label: `missing: as ${cellText(field, field.fill)}` };
  const choices = [
    ...field.categories.map((category) => ({ value: category, label: category })),
    ...(mayBeMissing(field) ? [missing] : []),
  ];
  return <SelectField<Cell> label={field.name} choices={choices} value={cell} onChange={onChange} />;
}
