import { useContext, useState } from 'react';
import { RESULTS_TABS, type ResultsTab } from '../features/results/tabs.ts';
import { readChoice } from '../ui/base/choice-storage.ts';
import { KeptContext } from './kept-context.ts';

/** The name of the setting; the first versions kept it under the same name in the local storage. */
const NAME = 'results-tab';

/** The open tab of the results, and what opens another; kept from one visit to the next. */
export function useKeptTab(): readonly [tab: ResultsTab, open: (tab: ResultsTab) => void] {
  const kept = useContext(KeptContext);
  const [tab, setTab] = useState(() => tabOf(kept?.found.read('setting', NAME) ?? readChoice(NAME)));
  const open = (next: ResultsTab) => {
    setTab(next);
    void kept?.texts.then((texts) => texts?.write('setting', NAME, () => next));
  };
  return [tab, open];
}

function tabOf(text: string | null): ResultsTab {
  return RESULTS_TABS.find(({ id }) => id === text)?.id ?? 'draw';
}
