import { countText } from '../../core/text/number-text.ts';
import { BACKEND_NAMES } from '../../core/training/backend.ts';
import type { Interruption } from '../../state/supervisor.ts';

/** What happened to the worker, as a title, and what became of the run, as sentences. */
export function interruptionText(interruption: Interruption): { readonly title: string; readonly text: string } {
  if (interruption.kind === 'silent') {
    const title = `The training engine has not responded for ${Math.round(interruption.seconds)} s.`;
    return {
      title,
      text: 'If it stays silent, it will be restarted, and training will continue from its last checkpoint.',
    };
  }
  const { cause, run, step, from, to, message } = interruption;
  const titles = {
    gpuLost: 'The connection to the graphics processor was lost.',
    stopped: 'The training engine stopped.',
    hung: 'The training engine stopped responding.',
    failed: 'The training engine failed.',
  };
  const goesOn =
    run === null
      ? 'It was restarted.'
      : `Run ${run} continues ${step === 0 ? 'from the start' : `from step ${countText(step)}`}.`;
  const moved = from !== null && to !== null && from !== to;
  const where = moved ? ` It now runs on ${BACKEND_NAMES[to]}, because ${BACKEND_NAMES[from]} failed twice.` : '';
  const why = cause === 'failed' || cause === 'stopped' ? ` The cause: ${message}` : '';
  return { title: titles[cause], text: `${goesOn}${where}${why}` };
}
