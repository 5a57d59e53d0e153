import { useState } from 'react';
import { readChoice, writeChoice } from '../ui/base/choice-storage.ts';

/** Where the choice is saved. */
const KEY = 'single-keys';

/** Whether single keys work as shortcuts, and what switches them; saved from one visit to the next where storage is not blocked. */
export function useSingleKeys(): readonly [on: boolean, set: (on: boolean) => void] {
  const [on, setOn] = useState(() => readChoice(KEY) !== 'off');
  const set = (next: boolean) => {
    setOn(next);
    writeChoice(KEY, next ? 'on' : 'off');
  };
  return [on, set];
}
