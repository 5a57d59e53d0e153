import type { Command } from '../protocol/commands.ts';
import type { ErrorReport } from '../protocol/error-report.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import type {
  Answered,
  AnswerOf,
  ProgressOf,
  QuestionOf,
  RequestEvent,
  RequestName,
  RequestProgressed,
} from '../protocol/requests.ts';

/** Why a request was not answered. `name` is the name of the worker's error; `message` says what to do. */
export class RequestError extends Error {
  override readonly name: string;

  constructor({ name, message }: ErrorReport) {
    super(message);
    this.name = name;
  }
}

/** Whether a request only ended early: it was cancelled, or had to make way for a newer one. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** What else belongs to a request. */
export interface AskOptions<Name extends RequestName> {
  /** Cancels the request, which then rejects at once with the signal's reason: an AbortError, unless it was given another. */
  readonly signal?: AbortSignal;
  /** Hears how far the request is. */
  readonly onProgress?: (progress: ProgressOf<Name>) => void;
}

/**
 * Asks the worker. Rejects with a RequestError where the worker refuses (`AbortError` where a newer request took the place
 * of this one) or dies (`WorkerError`).
 */
export type AskWorker = <Name extends RequestName>(
  name: Name,
  question: QuestionOf<Name>,
  options?: AskOptions<Name>,
) => Promise<AnswerOf<Name>>;

/** Requests that are under way. */
export interface Requests {
  readonly ask: AskWorker;
  /** Hands what the worker says of a request to whoever made it; nothing where nobody waits for it. */
  receive(event: WorkerEvent): void;
  /** Asks all that is under way again: of another worker. */
  resend(): void;
  /** Rejects every request that is under way: the worker will not answer any more. */
  rejectAll(error: ErrorReport): void;
}

/** Numbers requests, sends them, and matches what the worker says with them. */
export function createRequests(send: (command: Command) => void): Requests {
  const waiting = new Map<number, { readonly command: Command; listen(event: RequestEvent): void }>();
  let last = 0;
  const ask: AskWorker = (name, question, { signal, onProgress } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      last++;
      const request = last;
      const end = () => {
        waiting.delete(request);
        signal?.removeEventListener('abort', cancel);
      };
      const cancel = () => {
        end();
        send({ type: 'cancel', request });
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', cancel);
      const listen = (event: RequestEvent) => {
        if (isProgressOf(event, name)) return onProgress?.(event.progress);
        end();
        if (isAnswerTo(event, name)) resolve(event.answer);
        else if (event.type === 'refused') reject(new RequestError(event.error));
      };
      const command: Command = { type: 'ask', request, name, question };
      waiting.set(request, { command, listen });
      send(command);
    });
  return {
    ask,
    receive(event) {
      if ('request' in event) waiting.get(event.request)?.listen(event);
    },
    resend() {
      for (const { command } of waiting.values()) send(command);
    },
    rejectAll(error) {
      for (const [request, { listen }] of waiting) listen({ type: 'refused', request, error });
    },
  };
}

function isAnswerTo<Name extends RequestName>(event: RequestEvent, name: Name): event is Answered<Name> {
  return event.type === 'answered' && event.name === name;
}

function isProgressOf<Name extends RequestName>(event: RequestEvent, name: Name): event is RequestProgressed<Name> {
  return event.type === 'requestProgressed' && event.name === name;
}
