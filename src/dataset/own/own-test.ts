import * as v from 'valibot';
import { EMPTY_OWN_TEST, MOST_OWN_SAMPLES, type OwnTest, ownTestBytes } from '../../core/dataset/own-test.ts';
import { whole } from '../spec-schema.ts';
import { withOwnData } from './database.ts';

/** The version of the form of the records of `test`. */
const TEST_VERSION = 1;

/**
 * The form of a record; one that is not so is left as it is, and an empty one stands in for it until something is added.
 * `bytes` of a sample depend on the data set.
 */
const testSchema = v.object({
  version: v.literal(TEST_VERSION),
  samples: v.pipe(
    v.array(v.pipe(v.object({ label: whole(0, 99), values: v.instance(Uint8Array<ArrayBuffer>) }), v.readonly())),
    v.maxLength(MOST_OWN_SAMPLES),
    v.readonly(),
  ),
  results: v.pipe(
    v.array(
      v.pipe(
        v.object({
          run: v.union([v.literal('shipped'), whole(1, Number.MAX_SAFE_INTEGER)]),
          right: whole(0, MOST_OWN_SAMPLES),
          total: whole(1, MOST_OWN_SAMPLES),
          tested: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
          // The first ones had none: nobody knows which state of the run they are of.
          mark: v.optional(v.nullable(v.string()), null),
        }),
        v.readonly(),
      ),
    ),
    v.readonly(),
  ),
});

/** The test set of the user's own for a data set whose samples have so many bytes and classes; an empty one where there is none. */
export async function readOwnTest(id: string, bytes: number, classes: number): Promise<OwnTest> {
  const parsed = v.safeParse(testSchema, await withOwnData((database) => database.get('test', id)));
  if (!parsed.success) return EMPTY_OWN_TEST;
  const { samples, results } = parsed.output;
  return { results, samples: samples.filter(({ label, values }) => values.length === bytes && label < classes) };
}

/** Keeps a test set in place of the one before; nothing is kept of an empty one. */
export async function writeOwnTest(id: string, { samples, results }: OwnTest): Promise<void> {
  await withOwnData(async (database) => {
    if (samples.length === 0) await database.delete('test', id);
    else await database.put('test', { version: TEST_VERSION, samples, results }, id);
  });
}

/** Bytes that the samples of all test sets of the user's own take; what cannot be read counts nothing. */
export async function ownTestsBytes(): Promise<number> {
  const records = await withOwnData((database) => database.getAll('test'));
  return records.reduce<number>((sum, record) => {
    const parsed = v.safeParse(testSchema, record);
    return sum + (parsed.success ? ownTestBytes(parsed.output) : 0);
  }, 0);
}
