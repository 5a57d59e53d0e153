import type { Command } from '../protocol/commands.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import type { Port } from '../protocol/port.ts';

/** A worker that trains. */
export interface TrainingWorker {
  readonly port: Port<Command, WorkerEvent>;
  /** Hears that it died of an error that it could not report itself; the message is null where its script could not be fetched. */
  onDeath(listener: (message: string | null) => void): void;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
}
