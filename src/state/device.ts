import type { BackendReport } from '../core/training/backend.ts';
import type { ErrorReport } from '../protocol/error-report.ts';
import type { WorkerEvent } from '../protocol/events.ts';

/** Where the arithmetic runs. */
export interface Device {
  /** Null until the worker has opened a backend. */
  readonly report: BackendReport | null;
  /** What the worker could not do apart from a run; null when all is well. */
  readonly failure: ErrorReport | null;
}

/** The name of the error where files of the engine could not be fetched. */
export const NOT_LOADED = 'NotLoadedError';

export const NO_DEVICE: Device = { report: null, failure: null };

/** The device after an event of the worker; events about anything else leave it as it is. */
export function deviceAfter(device: Device, event: WorkerEvent): Device {
  if (event.type === 'opened') return { report: event.report, failure: null };
  if (event.type === 'failed' && event.run === null) return { ...device, failure: event.error };
  return device;
}
