import type { StorageControl } from '../state/storage.ts';

/** What tries again to load what is missing. */
const waiting = new Set<() => void>();

function again(): void {
  for (const load of [...waiting]) load();
}

addEventListener('online', again);

/**
 * Code that keeps something, loaded until it is here: where it cannot be fetched, the storage says so, and it is tried again as soon
 * as the network is back, and when somebody asks for it.
 */
export async function untilHere<Code>(load: () => Promise<Code>, { report, store }: StorageControl): Promise<Code> {
  for (;;) {
    try {
      const code = await load();
      if (waiting.size === 0)
        store.setState(({ problems }) => ({ problems: problems.filter(({ kind }) => kind !== 'notLoaded') }));
      return code;
    } catch {
      await new Promise<void>((resolve) => {
        const go = () => {
          waiting.delete(go);
          resolve();
        };
        waiting.add(go);
        report({ kind: 'notLoaded', again });
      });
    }
  }
}
