import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import './dialog.css';

/** Props of {@link Dialog}. */
export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons, the one that goes on last. */
  readonly actions: ReactNode;
  /** Called on Escape and on a press outside. */
  readonly onClose: () => void;
}

/** A question that holds everything else up, for where undo cannot help. Render it only while it is open. */
export function Dialog({ title, children, actions, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  // The backdrop belongs to the dialog: a press on it hits the dialog itself, a press inside hits its content.
  const onPress = (event: MouseEvent) => event.target === event.currentTarget && onClose();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, by onCancel.
    <dialog
      className="dialog"
      ref={dialog}
      aria-labelledby={heading}
      onClick={onPress}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-body">
        <h3 id={heading}>{title}</h3>
        {children}
        <div className="acts">{actions}</div>
      </div>
    </dialog>
  );
}
