import type { RunPhase, WorkerEvent } from '../protocol/events.ts';

/** Milliseconds between two looks. Looks are counted, not time: while a computer sleeps, nobody looks. */
const INTERVAL = 500;

/** Looks after which a silent worker is called slow, and after which it is given up: at least, and by its own longest silence. */
const SLOW = { least: 4, times: 4 } as const;
const HUNG = { least: 20, times: 10 } as const;

/** Looks for the first steps: a driver may take minutes to compile a large network. */
const FIRST = 360;

/** What the watchdog needs to know. */
export interface WatchdogOptions {
  /** Whether the worker owes the page steps or answers to a data set. */
  isAtWork(): boolean;
  /** Whether it may be waiting for data, and owes no more than a sign of life. */
  isWaiting(): boolean;
  /** Asks the worker for a sign of life. */
  ping(): void;
  /** The worker has been silent for so many seconds. */
  onSlow(seconds: number): void;
  /** It speaks again. */
  onAwake(): void;
  onHung(): void;
}

/** Notices that a worker hangs: it is at work, and has been silent for much longer than its steps have taken so far. */
export interface Watchdog {
  hear(event: WorkerEvent): void;
  /** A new worker is at work: what was learnt of the one before counts no more. */
  restart(): void;
  /** Begins or ends to look, as the worker is at work or not. */
  update(): void;
}

export function createWatchdog(options: WatchdogOptions): Watchdog {
  const { isAtWork, isWaiting, ping, onSlow, onAwake, onHung } = options;
  /** Looks since the last sign of life, and since the last sign of work. */
  const silent = { life: 0, work: 0 };
  /** The longest time without a sign of work, in looks, once steps were told of; null before. */
  let longest: number | null = null;
  /** Looks that the network took to be built: work between epochs may build another. */
  let building = 0;
  let isSlow = false;
  let timer: ReturnType<typeof setInterval> | undefined;

  const limitOf = ({ least, times }: { readonly least: number; readonly times: number }) =>
    longest === null ? FIRST : Math.max(least, times * longest);
  const look = () => {
    silent.life++;
    silent.work++;
    const silence = isWaiting() ? silent.life : silent.work;
    if (silence >= SLOW.least) ping();
    if (silence >= limitOf(HUNG)) return onHung();
    if (silence < limitOf(SLOW)) return;
    isSlow = true;
    onSlow((silence * INTERVAL) / 1000);
  };
  /** Another network is being built, or has been: how long the steps of the one before took counts no more. */
  const notePhase = (phase: RunPhase) => {
    if (phase === 'compiling') [longest, building] = [null, 0];
    if (phase === 'training') building = Math.max(building, silent.work);
  };
  const awaken = () => {
    if (isSlow) onAwake();
    isSlow = false;
  };
  return {
    hear(event) {
      silent.life = 0;
      if (event.type === 'pong') return;
      if (event.type === 'phaseChanged') notePhase(event.phase);
      if (event.type === 'progressed') longest = Math.max(longest ?? building, silent.work);
      silent.work = 0;
      awaken();
    },
    restart() {
      Object.assign(silent, { life: 0, work: 0 });
      [longest, building] = [null, 0];
      isSlow = false;
    },
    update() {
      if (isAtWork() === (timer !== undefined)) return;
      clearInterval(timer);
      timer = isAtWork() ? setInterval(look, INTERVAL) : undefined;
      Object.assign(silent, { life: 0, work: 0 });
      awaken();
    },
  };
}
