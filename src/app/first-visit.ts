import { readChoice, writeChoice } from '../ui/base/choice-storage.ts';

const KEY = 'visited';

/** Whether this is the first visit, and notes that it has been: a lab that was used before is no first visit, nor is one without storage. */
export function isFirstVisit(): boolean {
  const isFirst = isUnused();
  writeChoice(KEY, 'yes');
  return isFirst && readChoice(KEY) !== null;
}

function isUnused(): boolean {
  try {
    return localStorage.length === 0;
  } catch {
    return false;
  }
}
