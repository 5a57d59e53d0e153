import type { Lab } from '../state/lab.ts';

/** Has the browser ask before the page is left with a run that trains or is paused: it would be lost. */
export function guardTraining({ runs }: Pick<Lab, 'runs'>): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  // A page that may ask cannot be kept for the way back, so that it listens only while there is something to lose.
  runs.subscribe(({ current }) => {
    const phase = current?.phase;
    if (phase === 'compiling' || phase === 'training' || phase === 'paused') addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  });
}
