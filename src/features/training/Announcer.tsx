import { useEffect, useRef, useState } from 'react';
import { decimalText } from '../../core/text/number-text.ts';
import type { EpochRecord } from '../../state/epoch-record.ts';
import { useRun } from '../lab.tsx';

/** Milliseconds between two announcements, so that those of fast epochs do not interrupt each other. */
const INTERVAL = 5000;

/** One polite line for screen readers at the end of an epoch: how validation did, and whether that is the best so far. */
export function Announcer() {
  const line = useRun((run) => (run && run.epochs.length > 0 ? lineOf(run.epochs, run.draft.recipe.epochs) : ''));
  const [said, setSaid] = useState('');
  const saidAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const wait = Math.max(0, saidAt.current + INTERVAL - performance.now());
    const timer = setTimeout(() => {
      saidAt.current = performance.now();
      setSaid(line);
    }, wait);
    return () => clearTimeout(timer);
  }, [line]);
  return (
    <p className="vh" aria-live="polite">
      {said}
    </p>
  );
}

function lineOf(epochs: readonly EpochRecord[], total: number): string {
  const last = epochs.at(-1);
  const progress = `Epoch ${epochs.length} of ${total}.`;
  if (!last?.validation) return progress;
  const best = Math.min(...epochs.map(({ validation }) => validation?.loss ?? Number.POSITIVE_INFINITY));
  const accuracy = decimalText(last.validation.accuracy * 100, 1);
  return `${progress} Validation ${accuracy} percent${last.validation.loss === best ? ', best so far' : ''}.`;
}
