import { mostThreads } from '../../core/training/backend.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useInstallation } from '../installation.ts';
import { threadsAdvice } from '../threads-advice.ts';

/** Why training has one thread, and the reload that gives it all. Nothing where one thread is all that there is. */
export function ThreadsNote() {
  const installation = useInstallation();
  const most = mostThreads(navigator.hardwareConcurrency);
  if (installation.isolated || most === 1) return null;
  const { reason, afterReload } = threadsAdvice(installation, most);
  return (
    <>
      <p>
        <b>1 thread of {most}.</b> {reason}
      </p>
      {afterReload !== null && (
        <Button variant="outline" icon="reset" onClick={() => location.reload()}>
          Reload for all {afterReload} threads
        </Button>
      )}
    </>
  );
}
