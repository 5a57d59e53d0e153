/** What a tab remembers of itself when it is reloaded. */
const KEY = 'works';

/** Whether this tab worked before it was reloaded. Another one may have become the one that works meanwhile. */
export function workedBeforeReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  const isReloaded = navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload';
  try {
    return isReloaded && sessionStorage.getItem(KEY) !== null;
  } catch {
    // Where storage is blocked, nothing is kept either.
    return false;
  }
}

/** Remembers whether this tab works. */
export function rememberWork(works: boolean): void {
  try {
    if (works) sessionStorage.setItem(KEY, 'yes');
    else sessionStorage.removeItem(KEY);
  } catch {
    // The work can be taken back with the button.
  }
}
