import { type CSSProperties, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { waitingText } from '../../core/dataset/sample-words.ts';
import { demoPlans } from '../../state/demo.ts';
import { isBusy, type LabStatus } from '../../state/runs.ts';
import type { IconName } from '../../ui/base/Icon.tsx';
import { keyName } from '../../ui/base/key-name.ts';
import { useDataSet, useLabStatus, useRuns, useRunsControl } from '../lab.tsx';
import { Half, type Show } from './Half.tsx';
import './present.css';
import { PresentBar } from './PresentBar.tsx';
import { headOf, shownOf } from './shown.ts';

const AT_FIRST: Show = { figure: 'loss', matrix: false, verdict: true, until: null };

/** Two runs side by side for a projector, without the rest of the page; one button trains both. */
export function Present({ onLeave }: { readonly onLeave: () => void }) {
  const { queue, toggle } = useRunsControl();
  const status = useLabStatus();
  const dataset = useDataSet(({ spec }) => spec);
  const runs = useRuns();
  const queued = useStore(queue.store);
  const shown = shownOf(runs, queued);
  const head = headOf(shown, queued.purpose);
  const [show, setShow] = useState(AT_FIRST);
  const last = Math.max(0, ...shown.map(({ run }) => run?.epochs.length ?? 0));
  const length = Math.max(1, ...shown.map(({ epochs }) => epochs));
  const showUntil = (epoch: number) =>
    setShow({ ...show, until: epoch >= last ? null : Math.max(1, Math.min(last, epoch)) });
  const press = () => {
    setShow({ ...show, until: null });
    if (isBusy(status) || status === 'paused') toggle();
    else queue.start('demo', demoPlans());
  };
  const at = show.until ?? last;
  const flip = { figure: show.figure === 'loss' ? 'accuracy' : 'loss', matrix: false } as const;
  useKeys([
    ['Escape', onLeave],
    ['P', onLeave],
    ['Space', press],
    ['ArrowLeft', () => showUntil(at - 1)],
    ['ArrowRight', () => showUntil(at + 1)],
    ['A', () => setShow({ ...show, ...flip })],
    ['M', () => setShow({ ...show, matrix: !show.matrix })],
    ['V', () => setShow({ ...show, verdict: !show.verdict })],
  ]);
  const root = useProjector();
  return (
    <div className="present" ref={root.element} tabIndex={-1} style={root.style}>
      <header className="p-head">
        <h1>{head.title}</h1>
        <p>{head.words}</p>
      </header>
      <main className="duo">
        {shown.map((half) => (
          <Half
            key={half.name + (half.run?.number ?? '')}
            shown={half}
            beside={shown.find((other) => other !== half)?.run}
            show={show}
          />
        ))}
      </main>
      <PresentBar
        {...actionOf(status, runs.length)}
        onPress={press}
        blocked={status === 'loading' ? waitingText(dataset) : undefined}
        epoch={at}
        length={length}
        onEpoch={showUntil}
        onLeave={onLeave}
      />
    </div>
  );
}

/** What the one button does. */
function actionOf(status: LabStatus, count: number): { readonly word: string; readonly icon: IconName } {
  if (isBusy(status)) return { word: 'Pause', icon: 'pause' };
  if (status === 'paused') return { word: 'Resume', icon: 'play' };
  return { word: count === 0 ? 'Run the demo' : 'Run the demo again', icon: 'play' };
}

/** The sizes are drawn for a screen of 1920 by 1080, at twice the usual type. */
const DRAWN_FOR = { width: 960, height: 540 };

/** Covers the whole screen: projector colours, type as large as the window allows, and the focus. */
function useProjector() {
  const element = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(scaleOfWindow);
  useEffect(() => {
    const { documentElement: page } = document;
    page.dataset['mode'] = 'present';
    element.current?.focus();
    const measure = () => setScale(scaleOfWindow());
    addEventListener('resize', measure);
    return () => {
      delete page.dataset['mode'];
      removeEventListener('resize', measure);
    };
  }, []);
  const style: CSSProperties = { '--k': scale };
  return { element, style };
}

function scaleOfWindow(): number {
  return Math.max(0.8, Math.min(innerWidth / DRAWN_FOR.width, innerHeight / DRAWN_FOR.height));
}

function useKeys(keys: readonly (readonly [name: string, press: () => void])[]): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const press = new Map(keys).get(keyName(event));
    const onButton = event.target instanceof Element && event.target.closest('button, input') !== null;
    if (press === undefined || (onButton && event.key !== 'Escape' && !/^[a-z]$/i.test(event.key))) return;
    event.preventDefault();
    press();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
