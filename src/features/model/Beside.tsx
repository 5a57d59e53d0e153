import { lazy, Suspense } from 'react';
import { LayerMenu } from './builder/LayerMenu.tsx';
import { LayerPalette } from './builder/LayerPalette.tsx';
import { CostPopover } from './costs/CostPopover.tsx';
import { SummaryDialog } from './costs/SummaryDialog.tsx';
import type { Opened } from './editing/panel.ts';
import { CopyDialog, PasteDialog } from './editing/TextDialogs.tsx';
import { ModelMenu } from './ModelMenu.tsx';
import './beside.css';

const ProgramDialog = lazy(() => import('./ProgramDialog.tsx').then((module) => ({ default: module.ProgramDialog })));

/** Props of {@link Beside}. */
export interface BesideProps {
  readonly opened: Opened;
  /** What was typed for it before it was here. */
  readonly typed: string;
}

/** What is open beside its control, or above the page. */
export function Beside({ opened, typed }: BesideProps) {
  switch (opened.kind) {
    case 'palette':
      return <LayerPalette index={opened.index} asked={opened.asked} typed={typed} anchor={opened.anchor} />;
    case 'layer-menu':
      return <LayerMenu id={opened.id} anchor={opened.anchor} />;
    case 'model-menu':
      return <ModelMenu anchor={opened.anchor} />;
    case 'cost':
      return <CostPopover anchor={opened.anchor} />;
    case 'summary':
      return <SummaryDialog />;
    case 'program':
      return (
        <Suspense fallback={null}>
          <ProgramDialog />
        </Suspense>
      );
    case 'copy-text':
      return <CopyDialog text={opened.text} />;
    case 'paste-text':
      return <PasteDialog after={opened.after} text={opened.text} />;
    default:
      return opened satisfies never;
  }
}
