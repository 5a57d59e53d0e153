import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import '../../ui/panel.css';
import { BY_LABEL } from '../../ui/report-order.ts';
import { TabPanel, Tabs } from '../../ui/Tabs.tsx';
import { NOT_LOOKED } from './looking.ts';
import './results.css';

const loadAnswers = () => import('./AnswerPanel.tsx').then((module) => ({ default: module.AnswerPanel }));
const AnswerPanel = lazy(loadAnswers);

/** The tabs in their order; the page's number keys follow it. */
export const RESULTS_TABS = [
  { id: 'draw', label: 'Draw' },
  { id: 'confusion', label: 'Confusion' },
  { id: 'report', label: 'Report' },
  { id: 'mistakes', label: 'Mistakes' },
  { id: 'inside', label: 'Inside' },
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
  // They live here, so that they outlast the tab that shows them.
  const [order, setOrder] = useState(BY_LABEL);
  const [looking, setLooking] = useState(NOT_LOOKED);
  // Soon after the first paint, so that the other tabs open at once.
  useEffect(() => void loadAnswers(), []);
  return (
    <section className="col col-results" id="results" aria-labelledby="results-heading">
      <h2 className="vh" id="results-heading">
        Results
      </h2>
      <Tabs label="Results" name="results" tabs={RESULTS_TABS} selected={tab} onSelect={onTab} />
      <TabPanel name="results" id={tab} className="results-panel">
        {tab === 'draw' ? (
          draw
        ) : (
          <Suspense fallback={null}>
            <AnswerPanel tab={tab} order={order} onOrder={setOrder} looking={looking} onLooking={setLooking} />
          </Suspense>
        )}
      </TabPanel>
    </section>
  );
}
