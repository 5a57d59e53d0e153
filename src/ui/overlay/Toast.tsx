import { useEffect, useEffectEvent, useState } from 'react';
import { LinkButton } from '../form/Button.tsx';
import './toast.css';

const LASTS_MS = 8000;

/** Props of {@link Toast}. Give it a key of its own, so that a new one starts its own time. */
export interface ToastProps {
  /** What happened: `MaxPool deleted`. */
  readonly message: string;
  /** Takes it back; without it there is nothing to press. */
  readonly onUndo?: (() => void) | undefined;
  /** Called when its 8 seconds are over, and after Undo. */
  readonly onDone: () => void;
}

/** Says what was done, and offers to undo it for 8 seconds. The time stands still under the pointer and under the focus. */
export function Toast({ message, onUndo, onDone }: ToastProps) {
  const [held, setHeld] = useState(false);
  const done = useEffectEvent(onDone);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => done(), LASTS_MS);
    return () => clearTimeout(timer);
  }, [held]);
  const undo = () => {
    onUndo?.();
    onDone();
  };
  return (
    <div
      className="toast"
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {message}
      {onUndo && <LinkButton onClick={undo}>Undo</LinkButton>}
    </div>
  );
}
