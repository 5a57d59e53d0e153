import * as v from 'valibot';
import type { Assignment, AssignmentForm } from '../core/classroom/assignment.ts';
import { MEASURES } from '../core/classroom/goal.ts';
import { isLimited, RULED_FIELDS, type Rules } from '../core/classroom/rules.ts';
import { outsideJson } from '../core/sharing/outside-json.ts';
import { readShared } from '../core/sharing/shared-setup.ts';

/** The version of the text. A text of a later one is refused; the first had no rule about the network. */
const VERSION = 2;

/** How many characters the text of an assignment may have. */
const MOST_CHARACTERS = 200_000;

/** What an assignment may have at most; its form does not let anybody write more. */
export const MOST = { title: 120, text: 10_000, question: 2000, questions: 20, conditions: 12, bound: 1e12 } as const;

/** What a text says, or why it cannot be used, as a sentence. */
export type AssignmentReading = { readonly assignment: Assignment } | { readonly problem: string };

const DAMAGED = 'This assignment is damaged: part of it is missing or was changed. Ask for it again.';
const NEWER =
  'This assignment was made by a newer version of Fitting Room. Reload the page to get that version, then open it again.';

const finite = v.pipe(v.number(), v.finite(), v.minValue(-MOST.bound), v.maxValue(MOST.bound));

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST.bound));

const ruleSchema = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['locked', 'hidden']) }),
  v.strictObject({ kind: v.literal('limited'), min: finite, max: finite }),
]);

const rulesSchema = v.pipe(
  v.array(v.strictTuple([v.picklist(RULED_FIELDS), ruleSchema])),
  v.maxLength(RULED_FIELDS.length),
  v.check((rules) => rules.every(([field, rule]) => rule.kind !== 'limited' || isLimited(field))),
  v.check((rules) => new Set(rules.map(([field]) => field)).size === rules.length),
  v.transform((rules): Rules => new Map(rules)),
);

const networkSchema = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['free', 'locked']) }),
  v.strictObject({ kind: v.literal('limited'), layers: count, parameters: count }),
]);

const formSchema = v.strictObject({
  title: v.pipe(v.string(), v.maxLength(MOST.title)),
  text: v.pipe(v.string(), v.maxLength(MOST.text)),
  rules: rulesSchema,
  network: v.optional(networkSchema, { kind: 'free' }),
  goal: v.pipe(
    v.array(v.strictObject({ measure: v.picklist(MEASURES), is: v.picklist(['over', 'under']), bound: finite })),
    v.maxLength(MOST.conditions),
  ),
  wanted: v.strictObject({
    run: v.boolean(),
    prediction: v.pipe(v.string(), v.maxLength(MOST.question)),
    questions: v.pipe(v.array(v.pipe(v.string(), v.maxLength(MOST.question))), v.maxLength(MOST.questions)),
  }),
  lesson: v.nullable(v.strictObject({ lesson: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,60}$/)) })),
});

const schema = v.strictObject({
  version: v.picklist([1, VERSION]),
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{8,60}$/)),
  start: v.string(),
  form: formSchema,
});

/** An assignment as text. `start`: the network and the recipe to begin with, as `sharedText` writes them. */
export function assignmentText(id: string, form: AssignmentForm, start: string): string {
  return JSON.stringify({ version: VERSION, id, start, form: plain(form) });
}

/** What an instructor has written so far, as text. */
export function formText(form: AssignmentForm): string {
  return JSON.stringify(plain(form));
}

/** A form without anything but plain objects. */
function plain({ rules, ...form }: AssignmentForm) {
  return { ...form, rules: [...rules] };
}

/** Reads what `formText` writes; null where it is none. */
export function readForm(text: string | null): AssignmentForm | null {
  const parsed = v.safeParse(formSchema, text === null ? undefined : outsideJson(text));
  return parsed.success ? parsed.output : null;
}

/** Reads what `assignmentText` writes. Takes nothing that the app could not have written. */
export function readAssignment(text: string): AssignmentReading {
  const given = text.length > MOST_CHARACTERS ? undefined : outsideJson(text);
  const parsed = v.safeParse(schema, given);
  if (!parsed.success) return { problem: isNewer(given) ? NEWER : DAMAGED };
  const { id, start, form } = parsed.output;
  const reading = readShared(start);
  if ('problem' in reading) return { problem: DAMAGED };
  return { assignment: { id, ...form, start: reading.shared, source: text } };
}

function isNewer(given: unknown): boolean {
  const parsed = v.safeParse(v.object({ version: v.pipe(v.number(), v.minValue(VERSION + 1)) }), given);
  return parsed.success;
}
