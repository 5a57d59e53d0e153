import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import '../../ui/base/panel.css';
import { TabPanel, Tabs } from '../../ui/form/Tabs.tsx';
import { BY_LABEL } from '../../ui/matrix/report-order.ts';
import { useDataSet } from '../lab.tsx';
import type { AnswerPanelProps } from './AnswerPanel.tsx';
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

/** The Results column. */
export function ResultsPanel({ tab, onTab, draw }: ResultsPanelProps) {
  // They are kept here, so that they outlast the tab that shows them.
  const [order, setOrder] = useState(BY_LABEL);
  const [looking, setLooking] = useState(NOT_LOOKED);
  const [choice, setChoice] = useState<ThresholdChoice | null>(null);
  const tabs = tabsFor(useDataSet(({ spec }) => spec));
  const AnswerPanel = useAnswerPanel();
  return (
    <section className="col col-results" id="results" aria-labelledby="results-heading">
      <h2 className="vh" id="results-heading">
        Results
      </h2>
      <Tabs label="Results" name="results" tabs={tabs} selected={tab} onSelect={onTab} />
      <TabPanel name="results" id={tab} className="results-panel">
        {tab === 'draw' && draw}
        {tab !== 'draw' && AnswerPanel !== null && (
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

/**
 * The panel of all tabs but the first, fetched after the first paint; null until it is here. Not by `lazy`, which leaves a
 * tab empty for a third of a second when it is first opened, even where all is here.
 */
function useAnswerPanel(): ComponentType<AnswerPanelProps> | null {
  const [panel, setPanel] = useState<{ readonly component: ComponentType<AnswerPanelProps> | null }>({
    component: null,
  });
  useEffect(() => void import('./AnswerPanel.tsx').then(({ AnswerPanel }) => setPanel({ component: AnswerPanel })), []);
  return panel.component;
}
