import type { Engine } from '../engine/engine.ts';
import type { WorkerEvent } from '../protocol/events.ts';

/** What everything in the worker works with. */
export interface WorkerContext {
  readonly engine: Engine;
  emit(event: WorkerEvent): void;
  /** Lets waiting messages in; resolves in a later task. */
  yieldToMessages(): Promise<void>;
  /** Milliseconds. */
  now(): number;
}
