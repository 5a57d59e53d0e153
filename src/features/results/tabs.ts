import type { DatasetSpec } from '../../core/dataset/spec.ts';
import type { Tab } from '../../ui/form/Tabs.tsx';

/** The tabs in their order; the page's number keys follow it. */
export const RESULTS_TABS = [
  { id: 'draw', label: 'Draw' },
  { id: 'confusion', label: 'Confusion' },
  { id: 'report', label: 'Report' },
  { id: 'mistakes', label: 'Mistakes' },
  { id: 'inside', label: 'Inside' },
] as const;

/** The tabs as a data set names them: a row of a table is filled in, not drawn. */
export function tabsFor({ samples }: DatasetSpec): readonly Tab<ResultsTab>[] {
  return RESULTS_TABS.map((tab) =>
    tab.id === 'draw' && samples.kind === 'table' ? { ...tab, label: 'Predict' } : tab,
  );
}

/** A tab of the results. */
export type ResultsTab = (typeof RESULTS_TABS)[number]['id'];
