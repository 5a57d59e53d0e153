import { vi } from 'vitest';
import type { Broadcast } from '../../../../src/app/tabs/channel.ts';
import type { Locks } from '../../../../src/app/tabs/ownership.ts';

/** A request for the one lock. */
interface Request {
  readonly tab: number;
  readonly hold: () => Promise<void>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const abortError = () => new DOMException('The lock was not granted, or was taken.', 'AbortError');

/** The locks and the channel of one browser, for as many tabs as a test opens. */
export class FakeBrowser {
  #held: Request | null = null;
  #waiting: Request[] = [];
  readonly #channels = new Map<number, ((event: { readonly data: unknown }) => void)[]>();
  /** Tabs that are closed: none hears or says anything. */
  readonly #closed = new Set<number>();
  /** Tabs that hang: none hears or says anything. */
  readonly hung = new Set<number>();
  /** Tabs that have not heard yet that their lock was taken. */
  readonly deaf = new Set<number>();

  locks(tab: number): Locks {
    return {
      request: (_name, { signal, steal = false }, hold) =>
        new Promise((resolve, reject) => {
          if (this.#closed.has(tab)) return;
          const request = { tab, hold, resolve, reject };
          signal?.addEventListener('abort', () => {
            if (!this.#waiting.includes(request)) return;
            this.#waiting = this.#waiting.filter((other) => other !== request);
            reject(abortError());
          });
          if (steal) {
            if (!this.deaf.has(this.#held?.tab ?? 0)) this.#held?.reject(abortError());
            this.#held = null;
            this.#waiting.unshift(request);
          } else this.#waiting.push(request);
          this.#grant();
        }),
    };
  }

  broadcast(tab: number): Broadcast {
    const listeners: ((event: { readonly data: unknown }) => void)[] = [];
    this.#channels.set(tab, listeners);
    return {
      addEventListener: (_type, listener) => void listeners.push(listener),
      postMessage: (message) => {
        if (this.#closed.has(tab) || this.hung.has(tab)) return;
        for (const [other, others] of this.#channels) {
          if (other === tab || this.#closed.has(other) || this.hung.has(other)) continue;
          const data: unknown = structuredClone(message);
          queueMicrotask(() => {
            for (const listener of others) listener({ data });
          });
        }
      },
    };
  }

  /** The tab is closed, or crashes: its lock goes to the tab that has waited longest. */
  close(tab: number): void {
    this.#closed.add(tab);
    this.#waiting = this.#waiting.filter((request) => request.tab !== tab);
    if (this.#held?.tab === tab) this.#held = null;
    this.#grant();
  }

  /** The number of the tab that holds the lock. */
  get owner(): number | null {
    return this.#held?.tab ?? null;
  }

  #grant(): void {
    if (this.#held !== null) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#held = next;
    queueMicrotask(() => {
      next.hold().then((value) => {
        if (this.#held === next) this.#held = null;
        next.resolve(value);
        this.#grant();
      }, next.reject);
    });
  }

  /** Has what is done in `act` happen in a tab: it finds its own locks and its own channel. */
  inTab<Result>(tab: number, act: () => Result): Result {
    const broadcast = () => this.broadcast(tab);
    vi.stubGlobal('navigator', { locks: this.locks(tab) });
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        constructor() {
          Object.assign(this, broadcast());
        }
      },
    );
    return act();
  }
}
