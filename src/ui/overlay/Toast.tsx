import { useEffect, useEffectEvent, useState } from 'react';
import { LinkButton } from '../form/Button.tsx';
import './toast.css';

const LASTS_MS = 8000;

/** Props of {@link Toast}. Give each its own React key, so that a new one starts its own time. */
export interface ToastProps {
  /** What happened: `MaxPool deleted`. */
  readonly message: string;
  /** Undoes it; without it there is no button. */
  readonly onUndo?: (() => void) | undefined;
  /** Called when its 8 seconds are over, and after Undo. */
  readonly onDone: () => void;
}

/** Says what was done, and offers to undo it for 8 seconds. The time stops while the pointer or the focus is on it. */
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
