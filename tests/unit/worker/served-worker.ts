import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../../src/protocol/events.ts';
import type { Port } from '../../../src/protocol/port.ts';
import type { Answered, AnswerOf, QuestionOf, Refused, RequestName } from '../../../src/protocol/requests.ts';
import { serve } from '../../../src/worker/handler.ts';
import { FakeEngine } from './fake-engine.ts';

type EventOf<Type extends WorkerEvent['type']> = Extract<WorkerEvent, { type: Type }>;

/** The page's end of a MessageChannel, behind which the real handler serves a fake engine. */
export class ServedWorker {
  readonly engine = new FakeEngine();
  readonly events: WorkerEvent[] = [];
  /** What the server has, by address. */
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Addresses that were asked for, in order. */
  readonly fetched: string[] = [];
  #requests = 0;
  readonly #channel = new MessageChannel();
  readonly #listeners = new Set<() => void>();

  constructor() {
    const port: Port<WorkerEvent, Command> = this.#channel.port2;
    this.#channel.port2.start();
    const serveFile: typeof fetch = async (input) => {
      const bytes = this.files.get(String(input));
      this.fetched.push(String(input));
      return bytes ? new Response(bytes) : new Response('', { status: 404 });
    };
    serve(port, this.engine, () => new Promise((resolve) => setImmediate(resolve)), serveFile);
    this.#channel.port1.onmessage = ({ data }) => {
      this.events.push(data);
      for (const listener of this.#listeners) listener();
    };
  }

  /** Opens the device and Fashion-MNIST. */
  open(pretrainedUrl: string | null = null, baseUrl = 'data/'): void {
    this.send({ type: 'open', backend: 'auto' });
    this.send({ type: 'openDataset', source: { baseUrl, expected: FASHION_MNIST, pretrainedUrl } });
  }

  send(command: Command): void {
    this.#channel.port1.postMessage(command);
  }

  /** Makes a request, and gives its number. */
  ask<Name extends RequestName>(name: Name, question: QuestionOf<Name>): number {
    this.#requests++;
    this.send({ type: 'ask', request: this.#requests, name, question });
    return this.#requests;
  }

  /** The answer to a request; rejects with the error that it was refused with. */
  async answerTo<Name extends RequestName>(name: Name, request: number): Promise<AnswerOf<Name>> {
    const end = () => this.events.find((event) => isEndOf(event, name, request));
    await this.until(() => end() !== undefined);
    const event = end();
    if (event?.type === 'answered') return event.answer;
    throw Object.assign(new Error(event?.error.message), { name: event?.error.name });
  }

  all<Type extends WorkerEvent['type']>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  /** Resolves when `condition` holds, looking again at each event. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  phase(phase: string, times = 1): Promise<void> {
    return this.until(() => this.all('phaseChanged').filter((event) => event.phase === phase).length >= times);
  }

  /** The losses of all steps as the page has heard of them, in order. */
  losses(run: number): number[] {
    return this.all('progressed').flatMap((event) => (event.run === run ? [...event.metrics.losses] : []));
  }

  close(): void {
    this.#channel.port1.close();
  }
}

function isEndOf<Name extends RequestName>(
  event: WorkerEvent,
  name: Name,
  request: number,
): event is Answered<Name> | Refused {
  if (event.type === 'refused') return event.request === request;
  return event.type === 'answered' && event.request === request && event.name === name;
}
