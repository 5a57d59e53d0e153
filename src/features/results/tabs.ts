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
