import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { Button } from '../form/Button.tsx';
import { Notice } from './Notice.tsx';
import './not-loaded.css';

/** Props of {@link NotLoaded}. */
export interface NotLoadedProps {
  /** What is missing, as a sentence. */
  readonly title?: string;
  /** How often it could not be fetched. */
  readonly failures: number;
  /** Whether the notice lies over the page, in a dialog. */
  readonly over?: boolean;
  /** Whether it is left to `onAgain` to try once the network is back. */
  readonly waits?: boolean;
  readonly onAgain: () => void;
  readonly onClose?: (() => void) | undefined;
}

const NO_PART = 'This part of the page could not be loaded.';

const show = (dialog: HTMLDialogElement | null) => dialog?.showModal();

function listen(onChange: () => void): () => void {
  const ended = new AbortController();
  for (const type of ['online', 'offline']) addEventListener(type, onChange, { signal: ended.signal });
  return () => ended.abort();
}

/** Says that a part of the page could not be fetched, and what to do. */
export function NotLoaded({ title = NO_PART, failures, over, waits, onAgain, onClose }: NotLoadedProps) {
  const isOnline = useSyncExternalStore(listen, () => navigator.onLine);
  const notice = (
    <Notice
      title={title}
      detail={failures > 1 && `Tried ${failures} times.`}
      actions={
        <>
          <Button variant="outline" onClick={onAgain}>
            Try again
          </Button>
          {onClose && (
            <Button variant="quiet" onClick={onClose}>
              Close
            </Button>
          )}
        </>
      }
    >
      {isOnline
        ? 'The server did not answer, or has a newer version of the page by now: if trying again does not help, reload the page.'
        : `This device is offline. ${waits ? 'Try again' : 'It comes by itself'} once the network is back.`}
    </Notice>
  );
  if (!over) return notice;
  // At the end of the page, so that it looks the same wherever the part is.
  return createPortal(
    <dialog className="not-loaded" ref={show} onClose={onClose}>
      {notice}
    </dialog>,
    document.body,
  );
}
