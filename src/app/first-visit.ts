const KEY = 'visited';

/** Whether this is the first visit, and notes that it has been: a lab that was used before is no first visit, nor is one without storage. */
export function isFirstVisit(): boolean {
  try {
    const isFirst = localStorage.length === 0;
    localStorage.setItem(KEY, 'yes');
    return isFirst;
  } catch {
    return false;
  }
}
