import * as v from 'valibot';
import { classCountOf, type DatasetSpec, type Field } from '../core/dataset/spec.ts';
import type { Cell } from '../core/dataset/table.ts';
import type { RowStore, TypedRow } from '../features/drawing/typed-row.ts';
import type { KeptTexts } from './archive/kept-texts.ts';
import { unsavedSample } from './unsaved-sample.ts';

/**
 * Fills the row of the last visit into the form of a table, and keeps it from now on, with each change. The function that comes
 * back ends that. Where samples are no rows there is nothing to keep.
 */
export function keepRow(row: RowStore, dataset: DatasetSpec, texts: KeptTexts): () => void {
  if (dataset.samples.kind !== 'table') return () => {};
  const { id } = dataset;
  const write = () => {
    // Made now: by the time it is written, the row may be that of another table.
    const text = textOf(row.getState(), id);
    texts.write('drawing', id, () => text);
  };
  const read = () => row.setState(keptRow(dataset, texts), true);
  // The page was left with it before it was kept.
  const unsaved = rowOf(dataset, unsavedSample(id));
  if (row.getState()?.dataset === id) write();
  else if (unsaved === null) read();
  else {
    row.setState(unsaved, true);
    write();
  }
  // Another tab may have filled one in since.
  const stops = [texts.listen(read), row.subscribe(write)];
  return () => {
    for (const stop of stops) stop();
  };
}

function textOf(row: TypedRow | null, id: string): string | null {
  return row?.dataset === id ? JSON.stringify(row) : null;
}

/** The row of the last visit; null where there is none, or where it does not fit the columns. */
function keptRow(dataset: DatasetSpec, texts: KeptTexts): TypedRow | null {
  const kept = texts.read('drawing', dataset.id);
  if (kept === null) return null;
  const row = rowOf(dataset, kept);
  if (row === null) texts.leaveOut('drawing');
  return row;
}

function rowOf(dataset: DatasetSpec, text: string | null): TypedRow | null {
  const parsed = v.safeParse(rowSchema(dataset), text);
  return parsed.success ? parsed.output : null;
}

function rowSchema(dataset: DatasetSpec) {
  const { id, samples, splits } = dataset;
  const fields = samples.kind === 'table' ? samples.fields : [];
  const wholeBelow = (end: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(end - 1));
  return v.pipe(
    v.string(),
    v.parseJson(),
    v.object({
      dataset: v.literal(id),
      cells: v.pipe(
        v.array(v.union([v.pipe(v.number(), v.finite()), v.string(), v.null()])),
        v.check((cells) => cells.length === fields.length && fields.every((field, i) => fits(field, cells[i] ?? null))),
      ),
      origin: v.nullable(v.object({ place: wholeBelow(splits.test), label: wholeBelow(classCountOf(dataset)) })),
      changed: v.boolean(),
    }),
  );
}

function fits(field: Field, cell: Cell): boolean {
  if (cell === null) return true;
  return field.kind === 'number' ? typeof cell === 'number' : field.categories.some((category) => category === cell);
}
