import { countText } from '../../core/text/number-text.ts';
import { BACKEND_NAMES } from '../../core/training/backend.ts';
import type { Interruption } from '../../state/supervisor.ts';

/** What happened to the worker, as a title, and what became of the run, as sentences. */
export function interruptionText(interruption: Interruption): { readonly title: string; readonly text: string } {
  if (interruption.kind === 'silent') {
    const title = `The training engine has not answered for ${Math.round(interruption.seconds)} s.`;
    return { title, text: 'If it stays silent, it is started again, and training goes on from its last checkpoint.' };
  }
  const { cause, run, step, from, to, message } = interruption;
  const titles = {
    gpuLost: 'The graphics processor was lost.',
    stopped: 'The training engine stopped.',
    hung: 'The training engine did not answer any more.',
    failed: 'The training engine failed.',
  };
  const goesOn =
    run === null
      ? 'It was started again.'
      : `Run ${run} goes on ${step === 0 ? 'from its start' : `from step ${countText(step)}`}.`;
  const moved = from !== null && to !== null && from !== to;
  const where = moved ? ` It now runs on ${BACKEND_NAMES[to]}, because ${BACKEND_NAMES[from]} failed twice.` : '';
  const why = cause === 'failed' || cause === 'stopped' ? ` The cause: ${message}` : '';
  return { title: titles[cause], text: `${goesOn}${where}${why}` };
}
