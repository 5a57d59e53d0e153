import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Checkpoint } from '../core/training/checkpoint.ts';
import { snapshotBytes } from '../core/training/snapshot.ts';

/** Bytes that the checkpoints of earlier runs may take in memory, all together. */
const ROOM = 256 * 1024 ** 2;

/** Reads the checkpoint of a run from where it outlasts the page; null where there is none. */
export type ReadCheckpoint = (run: number) => Promise<Checkpoint | null>;

/** The newest checkpoint of each run: in memory as long as there is room, and where it outlasts the page. */
export interface Checkpoints {
  /** The numbers of the runs that have one. */
  readonly numbers: StoreApi<ReadonlySet<number>>;
  /** Puts one in the place of the one before; where there is no room, the oldest gives way. */
  put(run: number, checkpoint: Checkpoint): void;
  /** That of a run, where it is in memory; null where it is not. */
  inMemory(run: number): Checkpoint | null;
  /** That of a run; null where there is none. Rejects where it cannot be read. */
  read: ReadCheckpoint;
  /** Whether that of a run is on its way, as of now. */
  expect(run: number, isComing: boolean): void;
  /** Whether that of a run, as it stands now, is still on its way. */
  isComing(run: number): boolean;
  /** Drops that of a run. */
  forget(run: number): void;
  /** Drops that of a run from memory: `read` reads it from now on. */
  release(run: number, read: ReadCheckpoint): void;
  /** Where it outlasts the page, that of a run is gone. */
  drop(run: number): void;
  /** From now on these runs have one as well, which `read` reads. */
  addKept(runs: Iterable<number>, read: ReadCheckpoint): void;
  /** Hears of each that is put here; the function that comes back ends that. */
  listen(listener: (run: number, checkpoint: Checkpoint) => void): () => void;
}

/** Checkpoints of which at most `room` bytes stay in memory, and always the newest. */
export function createCheckpoints(room: number = ROOM): Checkpoints {
  const memory = new Map<number, Checkpoint>();
  const kept = new Map<number, ReadCheckpoint>();
  const coming = new Set<number>();
  const listeners = new Set<(run: number, checkpoint: Checkpoint) => void>();
  const numbers = createStore<ReadonlySet<number>>(() => new Set());
  const tell = () => {
    const now = new Set([...memory.keys(), ...kept.keys()]);
    const before = numbers.getState();
    if (now.size !== before.size || [...now].some((run) => !before.has(run))) numbers.setState(now, true);
  };
  const makeRoom = () => {
    let bytes = [...memory.values()].reduce((sum, each) => sum + checkpointBytes(each), 0);
    for (const [run, checkpoint] of memory) {
      if (bytes <= room || memory.size === 1) return;
      memory.delete(run);
      bytes -= checkpointBytes(checkpoint);
    }
  };
  return {
    numbers,
    put(run, checkpoint) {
      coming.delete(run);
      memory.delete(run);
      memory.set(run, checkpoint);
      makeRoom();
      tell();
      for (const listener of listeners) listener(run, checkpoint);
    },
    inMemory: (run) => memory.get(run) ?? null,
    read: async (run) => memory.get(run) ?? (await kept.get(run)?.(run)) ?? null,
    expect(run, isComing) {
      if (isComing) coming.add(run);
      else coming.delete(run);
    },
    isComing: (run) => coming.has(run),
    forget(run) {
      coming.delete(run);
      memory.delete(run);
      kept.delete(run);
      tell();
    },
    release(run, read) {
      kept.set(run, read);
      memory.delete(run);
      tell();
    },
    drop(run) {
      kept.delete(run);
      tell();
    },
    addKept(runs, read) {
      for (const run of runs) kept.set(run, read);
      tell();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Bytes that the numbers of a checkpoint take. */
export function checkpointBytes({ snapshot, earlyStopping }: Checkpoint): number {
  const best = earlyStopping?.best ?? null;
  return snapshotBytes(snapshot) + (best === null ? 0 : snapshotBytes(best.snapshot));
}
