import { ConfusionPanel } from './ConfusionPanel.tsx';
import { MistakesPanel } from './MistakesPanel.tsx';
import { ReportPanel, type ReportPanelProps } from './ReportPanel.tsx';

/** Props of {@link AnswerPanel}. */
export interface AnswerPanelProps extends ReportPanelProps {
  readonly tab: 'confusion' | 'report' | 'mistakes';
}

/** One of the tabs about the answers of a run, all of which come in a chunk of their own. */
export function AnswerPanel({ tab, order, onOrder }: AnswerPanelProps) {
  switch (tab) {
    case 'confusion':
      return <ConfusionPanel />;
    case 'report':
      return <ReportPanel order={order} onOrder={onOrder} />;
    case 'mistakes':
      return <MistakesPanel />;
    default:
      return tab satisfies never;
  }
}
