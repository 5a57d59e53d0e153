import type { RecordKind } from '../../state/storage.ts';

/** Every kind of record. What a run answered and its thinned steps count as a part of it; `about` is about the archive itself. */
export type AnyKind = Exclude<RecordKind, 'dataSet' | 'ownTest'> | 'answers' | 'steps' | 'about';

/**
 * The version of the form of each kind of record, raised when that changes; see migrations.ts. The first ones were those of the
 * storage before there was one database.
 */
export const VERSIONS: { readonly [Kind in AnyKind]: number } = {
  run: 5,
  answers: 1,
  steps: 1,
  checkpoint: 2,
  queue: 1,
  draft: 2,
  drawing: 2,
  setting: 2,
  about: 2,
};

/** What is found where a record should be: one of today's form, one of a newer form, or something else. */
export type Reading<Found> = { readonly found: Found } | 'newer' | 'unreadable';

/** The fields of a record of today's form. Nothing is looked at in one of a newer form, of which nothing is known. */
export function fieldsOf(value: unknown, kind: AnyKind): Reading<ReadonlyMap<string, unknown>> {
  if (typeof value !== 'object' || value === null) return 'unreadable';
  const fields = new Map<string, unknown>(Object.entries(value));
  const version = fields.get('version');
  if (fields.get('kind') !== kind || typeof version !== 'number') return 'unreadable';
  if (version > VERSIONS[kind]) return 'newer';
  return version === VERSIONS[kind] ? { found: fields } : 'unreadable';
}

/** The kinds of which a record is one text. */
export type TextKind = 'draft' | 'drawing' | 'setting';

/** A text as a record of today's form. */
export function textRecord(kind: TextKind, text: string) {
  return { version: VERSIONS[kind], kind, text } as const;
}

/** The text of a record. */
export function textOf(value: unknown, kind: TextKind): Reading<string> {
  const fields = fieldsOf(value, kind);
  if (typeof fields === 'string') return fields;
  const text = fields.found.get('text');
  return typeof text === 'string' ? { found: text } : 'unreadable';
}
