import { useState } from 'react';
import { readChoice, writeChoice } from '../../ui/base/choice-storage.ts';

const KEY = 'recipe-open';

/** Whether the rest of the recipe shows, and what opens or folds it; remembered from one visit to the next. */
export function useFold(): readonly [open: boolean, set: (open: boolean) => void] {
  const [open, setOpen] = useState(() => readChoice(KEY) === 'yes');
  const set = (next: boolean) => {
    setOpen(next);
    writeChoice(KEY, next ? 'yes' : 'no');
  };
  return [open, set];
}
