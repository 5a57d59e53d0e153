import { useState } from 'react';
import { DrawPanel } from '../features/drawing/DrawPanel.tsx';
import { useDrawing } from '../features/drawing/use-drawing.ts';
import { Header } from '../features/header/Header.tsx';
import { ModelPanel } from '../features/model/ModelPanel.tsx';
import { RESULTS_TABS, ResultsPanel, type ResultsTab } from '../features/results/ResultsPanel.tsx';
import { RunsTable } from '../features/runs/RunsTable.tsx';
import { SweepButton } from '../features/sweep/SweepButton.tsx';
import { TrainingPanel } from '../features/training/TrainingPanel.tsx';
import '../ui/layout.css';
import { Dock, type View } from './Dock.tsx';
import { useLabKeys } from './lab-keys.ts';
import { MiniPlayer } from './MiniPlayer.tsx';
import { type Shortcuts, useShortcuts } from './shortcuts.ts';

/** The whole page: header, three columns, and on small screens the dock that switches between them. */
export function Page() {
  const [view, setView] = useState<View>('train');
  // The drawing lives here, so that it outlasts the tab that shows it.
  const drawing = useDrawing();
  const [tab, setTab] = useState<ResultsTab>('draw');
  useShortcuts({ ...useLabKeys(), ...tabKeys(setTab) });
  return (
    <div className="app" data-view={view}>
      <a className="vh" href="#charts">
        Skip to the charts
      </a>
      <a className="vh" href="#results">
        Skip to the results
      </a>
      <Header />
      <main className="lab-main">
        <ModelPanel />
        <TrainingPanel runs={<RunsTable tools={<SweepButton />} />} />
        <ResultsPanel tab={tab} onTab={setTab} draw={<DrawPanel control={drawing} />} />
      </main>
      <MiniPlayer />
      <Dock view={view} onView={setView} />
    </div>
  );
}

/** The number keys open the tabs of the results. */
function tabKeys(open: (tab: ResultsTab) => void): Shortcuts {
  return Object.fromEntries(RESULTS_TABS.map(({ id }, index) => [String(index + 1), () => open(id)]));
}
