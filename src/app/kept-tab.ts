import { useState } from 'react';
import { RESULTS_TABS, type ResultsTab } from '../features/results/tabs.ts';

/** Where the choice is saved. */
const KEY = 'results-tab';

/** The open tab of the results, and what opens another; kept from one visit to the next where storage is not blocked. */
export function useKeptTab(): readonly [tab: ResultsTab, open: (tab: ResultsTab) => void] {
  const [tab, setTab] = useState(keptTab);
  const open = (next: ResultsTab) => {
    setTab(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // The tab opens; only the next visit starts with the first one.
    }
  };
  return [tab, open];
}

function keptTab(): ResultsTab {
  try {
    return RESULTS_TABS.find(({ id }) => id === localStorage.getItem(KEY))?.id ?? 'draw';
  } catch {
    return 'draw';
  }
}
