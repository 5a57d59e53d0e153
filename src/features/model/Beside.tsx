import { LayerMenu } from './builder/LayerMenu.tsx';
import { LayerPalette } from './builder/LayerPalette.tsx';
import { WeightsPopover } from './builder/WeightsPopover.tsx';
import { CostPopover } from './costs/CostPopover.tsx';
import { SummaryDialog } from './costs/SummaryDialog.tsx';
import type { Opened } from './editing/panel.ts';
import { CopyDialog, PasteDialog } from './editing/TextDialogs.tsx';
import { ModelMenu } from './ModelMenu.tsx';
import './beside.css';
import { part } from '../../ui/card/part.tsx';

const ProgramDialog = part(async () => (await import('./ProgramDialog.tsx')).ProgramDialog, { missing: 'dialog' });

/** Props of {@link Beside}. */
export interface BesideProps {
  readonly opened: Opened;
  /** What was typed for it before it was here. */
  readonly typed: string;
  readonly onClose: () => void;
  /** Hears what is typed while this is not here yet: what it makes of what was typed before. */
  readonly onEarlyTyping: (change: (before: string) => string) => void;
}

/** What is open beside its control, or above the page. */
export function Beside({ opened, typed, onClose }: BesideProps) {
  switch (opened.kind) {
    case 'palette':
      return <LayerPalette index={opened.index} asked={opened.asked} typed={typed} anchor={opened.anchor} />;
    case 'layer-menu':
      return <LayerMenu id={opened.id} anchor={opened.anchor} />;
    case 'model-menu':
      return <ModelMenu anchor={opened.anchor} />;
    case 'cost':
      return <CostPopover anchor={opened.anchor} />;
    case 'weights':
      return <WeightsPopover anchor={opened.anchor} />;
    case 'summary':
      return <SummaryDialog />;
    case 'program':
      return <ProgramDialog onClose={onClose} />;
    case 'copy-text':
      return <CopyDialog text={opened.text} />;
    case 'paste-text':
      return <PasteDialog after={opened.after} text={opened.text} />;
    default:
      return opened satisfies never;
  }
}
