import { ConfusionPanel } from './ConfusionPanel.tsx';
import { InsidePanel, type InsidePanelProps } from './InsidePanel.tsx';
import { MistakesPanel } from './MistakesPanel.tsx';
import { ReportPanel, type ReportPanelProps } from './ReportPanel.tsx';
import type { ResultsTab } from './tabs.ts';

/** Props of {@link AnswerPanel}. */
export interface AnswerPanelProps extends ReportPanelProps, InsidePanelProps {
  readonly tab: Exclude<ResultsTab, 'draw'>;
}

/** One of the tabs about the answers of a run or its inside, all of which come in a chunk of their own. */
export function AnswerPanel({ tab, order, onOrder, choice, onChoice, looking, onLooking }: AnswerPanelProps) {
  switch (tab) {
    case 'confusion':
      return <ConfusionPanel choice={choice} onChoice={onChoice} />;
    case 'report':
      return <ReportPanel {...{ order, onOrder, choice, onChoice }} />;
    case 'mistakes':
      return <MistakesPanel choice={choice} />;
    case 'inside':
      return <InsidePanel looking={looking} onLooking={onLooking} />;
    default:
      return tab satisfies never;
  }
}
