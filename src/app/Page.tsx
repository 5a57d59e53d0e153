import { useCallback, useContext, useEffect, useRef, useState } from 'react';
import { DataSetChip } from '../features/data/DataSetChip.tsx';
import { createRowStore, type RowStore } from '../features/drawing/typed-row.ts';
import { useDrawing } from '../features/drawing/use-drawing.ts';
import { Header } from '../features/header/Header.tsx';
import { Locked } from '../features/Locked.tsx';
import { useDataSet, useTab } from '../features/lab.tsx';
import { ModelPanel } from '../features/model/ModelPanel.tsx';
import { ResultsPanel } from '../features/results/ResultsPanel.tsx';
import { RESULTS_TABS, type ResultsTab } from '../features/results/tabs.ts';
import { Runs } from '../features/runs/Runs.tsx';
import { SingleKeysContext } from '../features/single-keys.ts';
import { SweepButton } from '../features/sweep/SweepButton.tsx';
import { TermListContext } from '../features/term-list.ts';
import { TrainingPanel } from '../features/training/TrainingPanel.tsx';
import type { PadControl } from '../ui/pad/use-pad.ts';
import './layout.css';
import './visit-place.css';
import { MissingToolNotice } from '../ui/card/MissingToolNotice.tsx';
import { part } from '../ui/card/part.tsx';
import { focusNextColumn } from './columns.ts';
import { Dock, type View } from './Dock.tsx';
import { useDrawnColumns } from './drawn-columns.ts';
import { isFirstVisit } from './first-visit.ts';
import { KeptContext } from './kept-context.ts';
import { useKeptTab } from './kept-tab.ts';
import { useKeptTask } from './kept-task.ts';
import { useLabKeys } from './lab-keys.ts';
import { useLesson } from './lesson-in-address.ts';
import { type HelpPlace, PageTools } from './PageTools.tsx';
import { useSharedHash } from './shared-hash.ts';
import { type Shortcuts, useShortcuts } from './shortcuts.ts';
import { useSingleKeys } from './single-keys.ts';
import { holdSample } from './unsaved-sample.ts';

const Present = part(async () => (await import('../features/present/Present.tsx')).Present, { missing: 'dialog' });
/** Shown not beside its button, which moves into the table with the first run. */
const SweepDialog = part(async () => (await import('../features/sweep/SweepDialog.tsx')).SweepDialog, {
  missing: 'dialog',
});

/** Fetched right after the first paint, in which the curves come first. */
const DrawPanel = part(async () => (await import('../features/drawing/DrawPanel.tsx')).DrawPanel, {
  meanwhile: () => <div className="panel" />,
});

const LessonPanel = part(async () => (await import('../features/lessons/LessonPanel.tsx')).LessonPanel, {
  meanwhile: () => <section className="col col-model" />,
});

const Task = part(async () => (await import('../features/classroom/Task.tsx')).Task);

const Brought = part(async () => (await import('./Brought.tsx')).Brought, { missing: 'dialog' });

const OtherTab = part(async () => (await import('./tabs/OtherTab.tsx')).OtherTab);

const Visit = part(async () => (await import('../features/visit/Visit.tsx')).Visit, {
  meanwhile: () => <div className="visit-place" />,
});

/** Loaded after the first paint, as is the service worker by it. */
const InstalledBar = part(async () => (await import('./InstalledBar.tsx')).InstalledBar, { missing: 'nothing' });

const MiniPlayer = part(async () => (await import('./MiniPlayer.tsx')).MiniPlayer, {
  meanwhile: () => <div className="mini-player">Getting ready</div>,
  missing: 'nothing',
});

/** Looked up as the page opens: later the draft is kept, and it would not be a first visit any more. */
const isFirst = isFirstVisit();

const NO_KEYS: Shortcuts = {};

/** The whole page: header, three columns, and on small screens the dock that switches between them. */
export function Page() {
  const [view, setView] = useState<View>('train');
  const drawn = useDrawnColumns(view);
  // The drawing lives here, so that it outlasts the tab that shows it.
  const drawing = useDrawing();
  const [row] = useState(createRowStore);
  useKeptDrawing(drawing, row);
  const [tab, setTab] = useKeptTab();
  const [presenting, setPresenting] = useState(false);
  const [help, setHelp] = useState<HelpPlace | null>(null);
  const [lessons, setLessons] = useState(false);
  const [lesson, setLesson] = useLesson(() => setView('build'));
  const [task, setTask] = useKeptTask();
  const [visiting, setVisiting] = useState(isFirst);
  const [sweeping, setSweeping] = useState(false);
  const [sharedHash, forgetHash] = useSharedHash();
  const [labFile, setLabFile] = useState<File | null>(null);
  const brought = labFile ?? sharedHash;
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const isOfOtherTab = useTab(({ role, tookFromSilent }) => role !== 'works' || tookFromSilent);
  const presentButton = useRef<HTMLButtonElement>(null);
  const present = () => setPresenting(true);
  const keys = { ...useLabKeys(), ...tabKeys(setTab), ...pageKeys(present, () => setHelp({ term: null })) };
  useShortcuts(presenting ? NO_KEYS : keys, singleKeys);
  const openTerm = useCallback((term: string) => setHelp({ term }), []);
  const leave = () => {
    setPresenting(false);
    // The button can take the focus again when the page is visible.
    setTimeout(() => presentButton.current?.focus());
  };
  const tools = (
    <PageTools
      tab={tab}
      onLabFile={setLabFile}
      presentButton={presentButton}
      onPresent={present}
      lessons={lessons}
      onLessons={setLessons}
      onLesson={(id) => {
        setLessons(false);
        setLesson(id);
        setVisiting(false);
        setView('build');
      }}
      help={help}
      onHelp={setHelp}
      onVisit={() => setVisiting(true)}
      singleKeys={singleKeys}
      onSingleKeys={setSingleKeys}
    />
  );
  return (
    <TermListContext value={openTerm}>
      <SingleKeysContext value={singleKeys}>
        {presenting && <Present onClose={leave} />}
        <div className="app" data-view={view} hidden={presenting}>
          <nav aria-label="Skip">
            <a className="vh" href="#charts">
              Skip to the charts
            </a>
            <a className="vh" href="#results">
              Skip to the results
            </a>
          </nav>
          <Header data={<DataSetChip onLabFile={setLabFile} />} tools={tools} />
          <InstalledBar />
          {isOfOtherTab && <OtherTab />}
          {task && <Task key={task} id={task} onLesson={setLesson} onClose={() => setTask(null)} />}
          {visiting && lesson === null && !task && (
            <Visit
              onView={setView}
              onTab={setTab}
              onLessons={() => setLessons(true)}
              onClose={() => setVisiting(false)}
            />
          )}
          <main className="lab-main">
            <Locked>
              {lesson !== null && (
                <LessonPanel id={lesson} onList={() => setLessons(true)} onClose={() => setLesson(null)} />
              )}
              {lesson === null && drawn.build && <ModelPanel />}
            </Locked>
            <TrainingPanel runs={<Runs tools={<SweepButton onOpen={() => setSweeping(true)} />} />} />
            {drawn.results && (
              <ResultsPanel tab={tab} onTab={setTab} draw={<DrawPanel control={drawing} row={row} />} />
            )}
          </main>
          {sweeping && <SweepDialog onClose={() => setSweeping(false)} />}
          {brought !== null && (
            <Brought
              key={typeof brought === 'string' ? brought : 'file'}
              from={brought}
              onTab={(name) => openNamed(name, setTab)}
              onTask={setTask}
              onClose={brought === sharedHash ? forgetHash : () => setLabFile(null)}
            />
          )}
          <MissingToolNotice />
          <MiniPlayer />
          <Dock view={view} onView={setView} />
        </div>
      </SingleKeysContext>
    </TermListContext>
  );
}

/** Keeps the drawing, or the row of a table, from one visit to the next. */
function useKeptDrawing(drawing: PadControl | null, row: RowStore): void {
  const pad = drawing?.pad;
  const dataset = useDataSet(({ spec }) => spec);
  const kept = useContext(KeptContext);
  useEffect(() => {
    if (kept === null) return;
    const stops = [holdSample(pad, row, dataset.id)];
    let ended = false;
    void Promise.all([kept.sample, kept.texts]).then(([keepSample, texts]) => {
      if (!ended && texts !== null) stops.push(keepSample(pad, row, dataset, texts, stops[0]));
    });
    return () => {
      ended = true;
      for (const stop of stops) stop();
    };
  }, [pad, row, dataset, kept]);
}

/** The keys that are about the page as a whole. */
function pageKeys(present: () => void, help: () => void): Shortcuts {
  return { P: present, '?': help, 'Shift+?': help, F6: focusNextColumn };
}

/** Opens the tab of the results with this name, where there is one. */
function openNamed(name: string, open: (tab: ResultsTab) => void): void {
  const known = RESULTS_TABS.find(({ id }) => id === name);
  if (known !== undefined) open(known.id);
}

/** The number keys open the tabs of the results. */
function tabKeys(open: (tab: ResultsTab) => void): Shortcuts {
  return Object.fromEntries(RESULTS_TABS.map(({ id }, index) => [String(index + 1), () => open(id)]));
}
