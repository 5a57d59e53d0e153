/**
 * Choices that must be known before the first paint, such as the theme and where a splitter stands. They are in the local
 * storage, which is read at once. Where it is blocked a choice lasts as long as the page, and `Storage` says so.
 */

/** What was chosen; null where nothing was, or storage is blocked. Others can write there: check what comes back. */
export function readChoice(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Notes a choice; null forgets it. */
export function writeChoice(key: string, choice: string | null): void {
  try {
    if (choice === null) localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // What was chosen shows. Only the next visit starts without it.
  }
}
