import { useState } from 'react';

/** Where the choice is saved. */
const KEY = 'single-keys';

/** Whether single keys work as shortcuts, and what switches them; saved from one visit to the next where storage is not blocked. */
export function useSingleKeys(): readonly [on: boolean, set: (on: boolean) => void] {
  const [on, setOn] = useState(savedChoice);
  const set = (next: boolean) => {
    setOn(next);
    try {
      localStorage.setItem(KEY, next ? 'on' : 'off');
    } catch {
      // The switch works; only the next visit starts without it.
    }
  };
  return [on, set];
}

function savedChoice(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}
