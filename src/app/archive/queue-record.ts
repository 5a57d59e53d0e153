import type { KeptQueue } from '../../state/queue.ts';
import { fieldsOf, type Reading, VERSIONS } from './records.ts';
import { parseQueue } from './run-schema.ts';

/** Runs that follow each other, as a record of today's form. */
export function queueRecord(queue: KeptQueue) {
  return { version: VERSIONS.queue, kind: 'queue', queue } as const;
}

/** The runs of such a record. */
export function queueOf(value: unknown): Reading<KeptQueue> {
  const fields = fieldsOf(value, 'queue');
  if (typeof fields === 'string') return fields;
  const queue = parseQueue(fields.found.get('queue'));
  return queue === null ? 'unreadable' : { found: queue };
}
