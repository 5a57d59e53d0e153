import type { AnswerOf, Ask, ProgressOf, QuestionOf, RequestEvent, RequestName } from '../protocol/requests.ts';
import { reportOf } from './errors.ts';

/** Milliseconds between two reports of how far a request is. */
const PROGRESS_INTERVAL = 100;

/** What a handler can use while it works on a request. */
export interface RequestControl<Progress> {
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** May be called as often as it is known how far the request is. */
  onProgress(progress: Progress): void;
}

/**
 * A handler for every request. What it throws is told to whoever asked, and to nobody else. The buffers of an answer are
 * transferred, so a handler must not need them any more.
 */
export type RequestHandlers = {
  readonly [Name in RequestName]: (
    question: QuestionOf<Name>,
    control: RequestControl<ProgressOf<Name>>,
  ) => Promise<AnswerOf<Name>>;
};

/** What a request server needs. */
export interface RequestServerOptions {
  readonly handlers: RequestHandlers;
  emit(event: RequestEvent): void;
  /** Milliseconds. */
  now(): number;
}

/** Has requests handled, and says of each how far it is and what came of it. Several can be under way at a time. */
export class RequestServer {
  readonly #options: RequestServerOptions;
  readonly #underWay = new Map<number, AbortController>();

  constructor(options: RequestServerOptions) {
    this.#options = options;
  }

  /** Answers or refuses a request; never rejects. */
  async answer<Name extends RequestName>({ request, name, question }: Ask<Name>): Promise<void> {
    const { handlers, emit } = this.#options;
    const cancellation = new AbortController();
    const { signal } = cancellation;
    this.#underWay.set(request, cancellation);
    const report = (progress: ProgressOf<Name>) => emit({ type: 'requestProgressed', request, name, progress });
    try {
      const answer = await handlers[name](question, { signal, onProgress: this.#throttled(report) });
      signal.throwIfAborted();
      emit({ type: 'answered', request, name, answer });
    } catch (error) {
      emit({ type: 'refused', request, error: reportOf(error) });
    } finally {
      this.#underWay.delete(request);
    }
  }

  /** Ends a request that nobody waits for; it is refused with an AbortError. */
  cancel(request: number): void {
    this.#underWay.get(request)?.abort();
  }

  #throttled<Progress>(report: (progress: Progress) => void): (progress: Progress) => void {
    let reportedAt = Number.NEGATIVE_INFINITY;
    return (progress) => {
      const now = this.#options.now();
      if (now - reportedAt < PROGRESS_INTERVAL) return;
      reportedAt = now;
      report(progress);
    };
  }
}
