import type { RecordKind, StorageProblem } from '../../state/storage.ts';
import { DatabaseError } from './database.ts';

/** The problem behind the error that a reading or a writing failed with. */
export function problemOf(error: unknown, what: RecordKind): StorageProblem {
  if (error instanceof DatabaseError) return { kind: error.reason === 'newer' ? 'newerDatabase' : 'unavailable' };
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'TakenOverError') return { kind: 'elsewhere' };
  return name === 'QuotaExceededError' ? { kind: 'full', what } : { kind: 'failed', what, message };
}
