/** The part of the browser's Web Locks that is needed here. */
export interface Locks {
  request(name: string, options: LockOptions, hold: () => Promise<void>): Promise<unknown>;
}

/** Whoever holds this lock works with what is kept. Its name is that of earlier versions, so that a tab of those counts as well. */
const NAME = 'runs';

/** What happens to the one lock of the app. */
export interface OwnershipOptions {
  readonly locks: Locks;
  onOwned(): void;
  /** Another tab has taken the lock. */
  onLost(): void;
  /** The browser gives no locks. */
  onFailed(error: unknown): void;
}

/** The right to work with what is kept, which one tab has at a time, as long as it lives. */
export interface Ownership {
  /** Waits for it in the background: until the tab that has it is closed, crashes or gives it away. */
  wait(): void;
  /** Takes it at once, from whoever has it. */
  steal(): void;
  /** Gives it away, to the tab that has waited longest. */
  release(): void;
}

/** Ownership by a Web Lock. */
export function createOwnership({ locks, onOwned, onLost, onFailed }: OwnershipOptions): Ownership {
  let waiting: AbortController | null = null;
  let release: (() => void) | null = null;
  const request = (options: LockOptions) => {
    let mine: (() => void) | null = null;
    const hold = () => {
      return new Promise<void>((resolve) => {
        mine = resolve;
        release = resolve;
        onOwned();
      });
    };
    locks.request(NAME, options, hold).catch((error: unknown) => {
      const isAborted = error instanceof DOMException && error.name === 'AbortError';
      if (!isAborted) return onFailed(error);
      // It was waiting, or this tab has taken the lock from itself.
      if (mine === null || mine !== release) return;
      release = null;
      onLost();
    });
  };
  return {
    wait() {
      waiting = new AbortController();
      request({ signal: waiting.signal });
    },
    steal() {
      waiting?.abort();
      request({ steal: true });
    },
    release() {
      release?.();
      release = null;
    },
  };
}
