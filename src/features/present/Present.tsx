import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { waitingText } from '../../core/dataset/sample-words.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { useDataSet, useLabStatus, useSteadyRuns } from '../lab.tsx';
import { Half, type Show } from './Half.tsx';
import './present.css';
import './small-screens.css';
import { PresentBar } from './PresentBar.tsx';
import { type Choice, useChoice } from './use-choice.ts';
import { useKeys } from './use-keys.ts';

const AT_FIRST: Show = { figure: 'loss', matrix: false, verdict: true, until: null };

/** Two runs side by side for a projector, without the rest of the page; one button trains both. */
export function Present({ onClose }: { readonly onClose: () => void }) {
  const status = useLabStatus();
  const dataset = useDataSet(({ spec }) => spec);
  const choice = useChoice();
  const { shown, head } = choice;
  const [show, setShow] = useState(AT_FIRST);
  const last = Math.max(0, ...shown.map(({ run }) => run?.epochs.length ?? 0));
  const length = Math.max(1, ...shown.map(({ epochs }) => epochs));
  const at = show.until ?? last;
  const showUntil = (epoch: number) => setShow({ ...show, until: epoch >= last ? null : Math.max(1, epoch) });
  const toTheEnd = (then: () => void) => () => {
    setShow({ ...show, until: null });
    then();
  };
  const press = toTheEnd(choice.press);
  const flip = { figure: show.figure === 'loss' ? 'accuracy' : 'loss', matrix: false } as const;
  useKeys(
    (by) => last > 0 && showUntil(at + by),
    new Map([
      ['Escape', onClose],
      ['P', onClose],
      ['Space', press],
      ['A', () => setShow({ ...show, ...flip })],
      ['M', () => setShow({ ...show, matrix: !show.matrix })],
      ['V', () => setShow({ ...show, verdict: !show.verdict })],
    ]),
  );
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
            beside={shown.find((other) => other !== half)}
            show={show}
            length={length}
          />
        ))}
      </main>
      <PresentBar
        {...choice.action}
        onPress={press}
        blocked={status === 'loading' ? waitingText(dataset) : undefined}
        epoch={at}
        length={length}
        onEpoch={showUntil}
        onLeave={onClose}
      >
        <DemoPicker {...choice} choose={(demo) => toTheEnd(() => choice.choose(demo))()} />
      </PresentBar>
    </div>
  );
}

type DemoPickerProps = Pick<Choice, 'demos' | 'demo' | 'choose'>;

/** Which demo stands on the screen; or the runs of the student. */
function DemoPicker({ demos, demo, choose }: DemoPickerProps) {
  const hasRuns = useSteadyRuns().length > 0;
  const others = hasRuns || demo === null ? [{ value: null, label: 'The newest runs' }] : [];
  const choices = [...demos.map((each) => ({ value: each, label: each.title })), ...others];
  return (
    <span className="selw">
      <select
        className="sel"
        aria-label="Demo"
        value={choices.findIndex(({ value }) => value === demo)}
        onChange={(event) => choose(choices[event.currentTarget.selectedIndex]?.value ?? null)}
      >
        {choices.map(({ label }, index) => (
          <option key={label} value={index}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
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
