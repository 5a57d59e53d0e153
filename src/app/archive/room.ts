import type { StorageControl } from '../../state/storage.ts';

/** What the browser gives this site. */
export interface RoomWatch {
  /** Looks how much room there is; once runs are kept, asks the browser not to clear them by itself. */
  look(): Promise<void>;
}

/** Tells the storage's control how much room the browser gives, where it says so. */
export function createRoom({ store }: StorageControl): RoomWatch {
  // Not there on pages that are not secure.
  const { storage } = navigator;
  let asked = false;
  return {
    async look() {
      if (storage === undefined) return;
      try {
        const { usage, quota } = await storage.estimate();
        if (usage !== undefined && quota !== undefined) store.setState({ room: { used: usage, quota } });
        if (asked || (store.getState().runs ?? 0) === 0) return;
        asked = true;
        store.setState({ isPersistent: await storage.persist() });
      } catch {
        // The browser does not say, and nothing is lost by that.
        store.setState({ room: null });
      }
    },
  };
}
