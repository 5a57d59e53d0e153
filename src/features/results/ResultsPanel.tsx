import { type ReactNode, useEffect, useState } from 'react';
import '../../ui/base/panel.css';
import { part } from '../../ui/card/part.tsx';
import { TabPanel, Tabs } from '../../ui/form/Tabs.tsx';
import { BY_LABEL } from '../../ui/matrix/report-order.ts';
import { useDataSet } from '../lab.tsx';
import { NOT_LOOKED } from './looking.ts';
import './results.css';
import { type ResultsTab, tabsFor } from './tabs.ts';
import type { ThresholdChoice } from './threshold.ts';

/** Props of {@link ResultsPanel}. Drawing is a feature of its own, which the page puts in. */
export interface ResultsPanelProps {
  readonly tab: ResultsTab;
  readonly onTab: (tab: ResultsTab) => void;
  readonly draw: ReactNode;
}

/** The panel of all tabs but the first, fetched after the first paint. */
const AnswerPanel = part(async () => (await import('./AnswerPanel.tsx')).AnswerPanel);

/** The Results column. */
export function ResultsPanel({ tab, onTab, draw }: ResultsPanelProps) {
  // They are kept here, so that they outlast the tab that shows them.
  const [order, setOrder] = useState(BY_LABEL);
  const [looking, setLooking] = useState(NOT_LOOKED);
  const [choice, setChoice] = useState<ThresholdChoice | null>(null);
  const tabs = tabsFor(useDataSet(({ spec }) => spec));
  useEffect(AnswerPanel.load, []);
  return (
    <section className="col col-results" id="results" aria-labelledby="results-heading">
      <h2 className="vh" id="results-heading">
        Results
      </h2>
      <Tabs label="Results" name="results" tabs={tabs} selected={tab} onSelect={onTab} />
      <TabPanel name="results" id={tab} className="results-panel">
        {tab === 'draw' && draw}
        {tab !== 'draw' && (
          <AnswerPanel
            {...{ tab, order, choice, looking }}
            onOrder={setOrder}
            onChoice={setChoice}
            onLooking={setLooking}
          />
        )}
      </TabPanel>
    </section>
  );
}
