import type { DatasetSpec } from '../../dataset/spec.ts';

/** What a file of weights says of the task that they were trained for: the classes, and of a table the columns; each as JSON. */
export function taskOf({ classes, samples }: DatasetSpec): Readonly<Record<string, string>> {
  const columns = samples.kind === 'table' ? { columns: JSON.stringify(samples.fields) } : {};
  return { classes: JSON.stringify(classes), ...columns };
}

/**
 * The task that the weights in a file were trained for, as far as the file says it: the data set at hand, with the classes that the
 * file names. A sentence where they are for another table.
 */
export function taskIn(about: ReadonlyMap<string, string>, dataset: DatasetSpec): DatasetSpec | string {
  const { columns } = taskOf(dataset);
  const said = about.get('columns');
  if (columns !== undefined && said !== undefined && said !== columns)
    return 'The weights in this file belong to a table with other columns, so they would read these rows wrongly.';
  const classes = namesIn(about.get('classes'));
  return classes?.length === dataset.classes.length ? { ...dataset, classes } : dataset;
}

function namesIn(text: string | undefined): readonly string[] | null {
  try {
    const names: unknown = JSON.parse(text ?? 'null');
    return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null;
  } catch {
    return null;
  }
}
