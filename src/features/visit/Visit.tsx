import { useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'zustand';
import { presetById, presetsFor } from '../../datasets/catalogue.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useDatasetSpec, useLab, useQuestions, useSteadyRun } from '../lab.tsx';
import { WithTerms } from '../terms.tsx';
import { type Door, doorsFor, type Standing, type Step } from './doors.ts';
import './visit.css';

/** Props of {@link Visit}. */
export interface VisitProps {
  readonly onView: (view: Step['view']) => void;
  readonly onTab: (tab: NonNullable<Step['tab']>) => void;
  /** Opens the list of lessons. */
  readonly onLessons: () => void;
  readonly onClose: () => void;
}

/** Two sentences and the doors, then the steps behind the chosen one. A bar of its own: it covers nothing. Escape closes it. */
export function Visit({ onView, onTab, onLessons, onClose }: VisitProps) {
  const { draft } = useLab();
  const dataset = useDatasetSpec();
  const [door, setDoor] = useState<Door | null>(null);
  useEscape(onClose);
  const enter = (chosen: Door) => {
    const preset = chosen.preset === null ? undefined : presetById(dataset, chosen.preset);
    if (preset !== undefined) draft.choose(preset);
    setDoor(chosen);
  };
  const doors = doorsFor(
    dataset,
    presetsFor(dataset).map(({ id }) => id),
  );
  return (
    <section className={door === null ? 'visit visit-doors' : 'visit'} aria-label="First steps">
      {door === null ? (
        <>
          <p>
            Here you build a neural network, train it in this tab, and see what it learned about {dataset.title}. Where
            would you like to start?
          </p>
          {doors.map((each) => (
            <Button key={each.title} variant="outline" onClick={() => enter(each)}>
              {each.title}
            </Button>
          ))}
          <Button variant="outline" onClick={onLessons}>
            <span>
              Learn by doing<span className="visit-more">, 5 minutes each</span>
            </span>
          </Button>
        </>
      ) : (
        <Steps door={door} onView={onView} onTab={onTab} onClose={onClose} />
      )}
      <Button variant="quiet" onClick={onClose}>
        Skip
      </Button>
    </section>
  );
}

interface StepsProps extends Omit<VisitProps, 'onLessons'> {
  readonly door: Door;
}

/** One step at a time: its words, and a ring around what they are about. */
function Steps({ door, onView, onTab, onClose }: StepsProps) {
  const standing: Standing = {
    run: useSteadyRun(),
    drawn: useStore(useQuestions().drawing, ({ pixels }) => pixels !== null),
  };
  const [at, setAt] = useState(0);
  const step = door.steps[at];
  const isDone = step?.isDone?.(standing) === true;
  const isLast = at === door.steps.length - 1;
  const next = useEffectEvent(() => (isLast ? onClose() : setAt(at + 1)));
  const show = useEffectEvent((shown: Step) => {
    onView(shown.view);
    if (shown.tab !== undefined) onTab(shown.tab);
  });
  useEffect(() => void (isDone && next()), [isDone]);
  useEffect(() => void (step && show(step)), [step]);
  useRing(step?.target ?? null);
  if (step === undefined) return null;
  return (
    <>
      <p role="status">
        <b>
          {at + 1} of {door.steps.length}
        </b>{' '}
        <WithTerms>{step.text}</WithTerms>
      </p>
      {step.isDone === undefined && (
        <Button variant="outline" onClick={() => (isLast ? onClose() : setAt(at + 1))}>
          {isLast ? 'Done' : 'Next'}
        </Button>
      )}
    </>
  );
}

/** Marks what a selector finds, also where it is only shown later. */
function useRing(selector: string | null): void {
  useEffect(() => {
    if (selector === null) return;
    const mark = () => document.querySelector(selector)?.setAttribute('data-ringed', '');
    const watch = new MutationObserver(mark);
    watch.observe(document.body, { childList: true, subtree: true });
    mark();
    return () => {
      watch.disconnect();
      for (const element of document.querySelectorAll('[data-ringed]')) element.removeAttribute('data-ringed');
    };
  }, [selector]);
}

/** Escape closes, where nothing else took it. */
function useEscape(onClose: () => void): void {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && document.querySelector('dialog[open]') === null) close();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
