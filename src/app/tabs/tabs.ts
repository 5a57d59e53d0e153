import type { Lab } from '../../state/lab.ts';
import type { TabState } from '../../state/tab.ts';
import type { TabChannel } from './channel.ts';
import { createFollowing, type Following } from './follow.ts';
import { goOn, leave, pauseForOther } from './hand-over.ts';
import { type GoesOn, parseGoesOn, type TabEnvelope } from './messages.ts';
import { createOwnership, type Locks, type Ownership } from './ownership.ts';
import { createSharing, type Sharing } from './share.ts';

/** Milliseconds. */
const TIMES = {
  /** For another page of the app that is just being closed. */
  first: 2000,
  /** Between two signs that a tab reads along. */
  heartbeat: 3000,
  /** After which a tab that was not heard of is said to be silent. */
  silent: 8000,
  /** In which the tab that works must say that it hands over, and then must have done so. */
  answer: 3000,
  handOver: 20_000,
} as const;

/** What is kept while this tab works. */
export interface Keeping {
  /** Stores what has changed, and nothing after that. */
  stop(): Promise<void>;
  /** Stores nothing more. */
  abandon(): void;
}

/** What the tabs stand on. */
export interface TabsOptions {
  readonly lab: Lab;
  readonly locks: Locks;
  readonly channel: TabChannel;
  /** Whether this tab worked before it was reloaded, and is to do so again. */
  readonly worked: boolean;
  /** Brings back what is kept and keeps it from now on. `isFirst`: this tab has only just begun. Rejects where it is stopped by the signal. */
  begin(isFirst: boolean, signal: AbortSignal): Promise<Keeping>;
  onFailed(error: unknown): void;
  /** Milliseconds. */
  now(): number;
}

/** Has this tab work, or read along with the one that does, and hand the work over or take it. */
export class Tabs {
  readonly #options: TabsOptions;
  readonly #ownership: Ownership;
  /** Undecided until it is known whether another tab works. */
  #role: 'undecided' | 'works' | 'handsOver' | 'reads' = 'undecided';
  #keeping: Promise<Keeping | null> = Promise.resolve(null);
  #ending = new AbortController();
  #sharing: Sharing | null = null;
  #following: Following | null = null;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  /** Runs out where another tab should have acted. */
  #patience: ReturnType<typeof setTimeout> | undefined;
  #worker: string | null = null;
  #heardAt = 0;
  #goesOn: GoesOn | null = null;

  constructor(options: TabsOptions) {
    const { locks, onFailed } = options;
    this.#options = options;
    this.#ownership = createOwnership({
      locks,
      onOwned: () => this.#work(),
      onLost: () => this.#lose(),
      onFailed,
    });
  }

  start(): void {
    const { channel, lab } = this.#options;
    channel.listen((envelope) => this.#hear(envelope));
    lab.tab.onWorkHere(() => this.#askForWork());
    this.#ownership.wait();
    channel.post({ type: 'hello', whole: true });
    this.#wait(TIMES.first, () => this.#read('silent'));
  }

  /** This tab has the lock. */
  #work(): void {
    const { lab, begin, channel, now, onFailed } = this.#options;
    const isFirst = this.#role === 'undecided';
    this.#wait(0, null);
    this.#stopReading();
    this.#role = 'works';
    const { signal } = this.#ending;
    const goesOn = this.#goesOn;
    this.#goesOn = null;
    this.#sharing = createSharing({ lab, post: (state) => channel.post({ type: 'state', state }), now });
    this.#keeping = begin(isFirst, signal).then(
      (keeping) => {
        channel.post({ type: 'here' });
        if (goesOn !== null) goOn(lab, goesOn, signal);
        return keeping;
      },
      (error: unknown) => {
        if (!signal.aborted) onFailed(error);
        return null;
      },
    );
  }

  /** Another tab has taken the lock, which was given to it or was not. */
  #lose(): void {
    this.#wait(0, null);
    if (this.#role === 'works' || this.#role === 'handsOver') {
      this.#ending.abort();
      void this.#keeping.then((keeping) => keeping?.abandon());
      this.#read('answers');
    }
    this.#ownership.wait();
  }

  /** Another tab works. Where it has taken over while this one was reloaded, it gives the work back. */
  #begin(): void {
    this.#read('answers');
    if (this.#options.worked) this.#askForWork();
  }

  /** Shows what the other tab does from now on. */
  #read(other: TabState['other']): void {
    const { lab, channel } = this.#options;
    if (this.#role === 'reads') return;
    this.#sharing?.stop();
    this.#ending.abort();
    this.#ending = new AbortController();
    this.#role = 'reads';
    this.#worker = null;
    this.#heardAt = this.#options.now();
    leave(lab, other);
    this.#following = createFollowing(lab);
    this.#heartbeat = setInterval(() => this.#beat(), TIMES.heartbeat);
    channel.post({ type: 'hello', whole: true });
  }

  #stopReading(): void {
    clearInterval(this.#heartbeat);
    this.#following?.stop();
    this.#following = null;
  }

  #beat(): void {
    const { lab, channel, now } = this.#options;
    channel.post({ type: 'hello', whole: false });
    if (now() - this.#heardAt > TIMES.silent) lab.tab.store.setState({ other: 'silent' });
  }

  #hear({ version, from, message }: TabEnvelope): void {
    const { channel, lab } = this.#options;
    const isOfThisVersion = version === channel.version;
    switch (message.type) {
      case 'hello':
        if (this.#role !== 'works') return;
        channel.post({ type: 'here' });
        if (isOfThisVersion) this.#sharing?.greet(message.whole);
        return;
      case 'here':
      case 'state':
        if (this.#role === 'undecided') this.#begin();
        if (this.#role === 'reads')
          this.#follow(from, isOfThisVersion, message.type === 'state' ? message.state : null);
        return;
      case 'takeOver':
        if (this.#role === 'works') void this.#handOver(from);
        return;
      case 'handingOver':
        if (lab.tab.store.getState().role !== 'takesOver') return;
        if (message.to === channel.id) this.#wait(TIMES.handOver, () => this.#steal(true));
        else this.#giveUp();
        return;
      case 'handedOver':
        if (message.to !== channel.id || lab.tab.store.getState().role !== 'takesOver') return;
        this.#goesOn = isOfThisVersion ? parseGoesOn(message.goesOn) : null;
        this.#steal(false);
        return;
      default:
        message satisfies never;
    }
  }

  /** The tab that works was heard of. */
  #follow(from: string, isOfThisVersion: boolean, state: unknown): void {
    const { lab, channel, now } = this.#options;
    const isNew = this.#worker !== from;
    this.#worker = from;
    this.#heardAt = now();
    lab.tab.store.setState({ other: isOfThisVersion ? 'answers' : 'otherVersion' });
    if (isNew) this.#goesOn = null;
    if (!isOfThisVersion) return;
    const isTaken = state === null ? !isNew : this.#following?.take(state);
    if (!isTaken) channel.post({ type: 'hello', whole: true });
  }

  #askForWork(): void {
    const { lab, channel } = this.#options;
    if (this.#role !== 'reads' || lab.tab.store.getState().role !== 'reads') return;
    lab.tab.store.setState({ role: 'takesOver' });
    channel.post({ type: 'takeOver' });
    this.#wait(TIMES.answer, () => this.#steal(true));
  }

  /** Another tab was first. */
  #giveUp(): void {
    this.#wait(0, null);
    this.#options.lab.tab.store.setState({ role: 'reads' });
  }

  #steal(isFromSilent: boolean): void {
    this.#wait(0, null);
    this.#options.lab.tab.store.setState({ tookFromSilent: isFromSilent });
    this.#ownership.steal();
  }

  /** Stores everything, and lets another tab take the lock. */
  async #handOver(to: string): Promise<void> {
    const { lab, channel } = this.#options;
    this.#role = 'handsOver';
    const { signal } = this.#ending;
    channel.post({ type: 'handingOver', to });
    const goesOn = await pauseForOther(lab);
    await (await this.#keeping)?.stop();
    // It was not waited for.
    if (signal.aborted) return;
    this.#read('answers');
    channel.post({ type: 'handedOver', to, goesOn });
    // Where that tab is gone, another takes the lock, or this one again.
    this.#wait(TIMES.answer, () => {
      this.#goesOn = goesOn;
      this.#ownership.release();
      this.#ownership.wait();
    });
  }

  /** Has something done after some milliseconds, in the place of what waited before. */
  #wait(milliseconds: number, act: (() => void) | null): void {
    clearTimeout(this.#patience);
    this.#patience = act === null ? undefined : setTimeout(act, milliseconds);
  }
}
