import { type ReactNode, useState } from 'react';
import '../../ui/panel.css';
import { BY_LABEL } from '../../ui/report-order.ts';
import { TabPanel, Tabs } from '../../ui/Tabs.tsx';
import { ConfusionPanel } from './ConfusionPanel.tsx';
import { MistakesPanel } from './MistakesPanel.tsx';
import { ReportPanel } from './ReportPanel.tsx';
import './results.css';

/** The tabs in their order; the page's number keys follow it. */
export const RESULTS_TABS = [
  { id: 'draw', label: 'Draw' },
  { id: 'confusion', label: 'Confusion' },
  { id: 'report', label: 'Report' },
  { id: 'mistakes', label: 'Mistakes' },
] as const;

/** A tab of the results. */
export type ResultsTab = (typeof RESULTS_TABS)[number]['id'];

/** Props of {@link ResultsPanel}. Drawing is a feature of its own, which the page puts in. */
export interface ResultsPanelProps {
  readonly tab: ResultsTab;
  readonly onTab: (tab: ResultsTab) => void;
  readonly draw: ReactNode;
}

/** The Results column. */
export function ResultsPanel({ tab, onTab, draw }: ResultsPanelProps) {
  // It lives here, so that it outlasts the tab that shows it.
  const [order, setOrder] = useState(BY_LABEL);
  const panels: { readonly [Id in ResultsTab]: ReactNode } = {
    draw,
    confusion: <ConfusionPanel />,
    report: <ReportPanel order={order} onOrder={setOrder} />,
    mistakes: <MistakesPanel />,
  };
  return (
    <section className="col col-results" id="results" aria-labelledby="results-heading">
      <h2 className="vh" id="results-heading">
        Results
      </h2>
      <Tabs label="Results" name="results" tabs={RESULTS_TABS} selected={tab} onSelect={onTab} />
      <TabPanel name="results" id={tab} className="results-panel">
        {panels[tab]}
      </TabPanel>
    </section>
  );
}
