import { useState } from 'react';

const KEY = 'recipe-open';

/** Whether the rest of the recipe shows, and what opens or folds it; remembered from one visit to the next. */
export function useFold(): readonly [open: boolean, set: (open: boolean) => void] {
  const [open, setOpen] = useState(wasOpen);
  const set = (next: boolean) => {
    setOpen(next);
    try {
      localStorage.setItem(KEY, next ? 'yes' : 'no');
    } catch {
      // Where storage is blocked, the next visit starts folded.
    }
  };
  return [open, set];
}

function wasOpen(): boolean {
  try {
    return localStorage.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}
