import {
  type KeyboardEventHandler,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
} from 'react';
import { createPortal } from 'react-dom';
import { classNames } from '../base/class-names.ts';
import { Button } from '../form/Button.tsx';
import './dialog.css';

/** Props of {@link Dialog}. */
export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button that closes it says; it stands before the others. Left out where there is none. */
  readonly closeWord?: string;
  /** Other buttons, the one that continues last; left out where there are none, or the content has a row of its own. */
  readonly actions?: ReactNode;
  /** Called on Escape and on a press outside. */
  readonly onClose: () => void;
  readonly onKeyDown?: KeyboardEventHandler;
  readonly className?: string;
}

/** A modal dialog. Render it only while it is open. */
export function Dialog({ title, children, closeWord, actions = null, onClose, onKeyDown, className }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // After a menu has returned the focus, so that the dialog returns it to the same place.
  useEffect(() => {
    dialog.current?.showModal();
    // A long one is read from its start, wherever its first control is that has the focus now.
    dialog.current?.scrollTo?.(0, 0);
  }, []);
  // While the dialog is still in the page: removing it first would lose the focus.
  useLayoutEffect(() => {
    const element = dialog.current;
    return () => element?.close();
  }, []);
  // The backdrop belongs to the dialog: a press on it hits the dialog itself, a press inside hits its content.
  const onPress = (event: MouseEvent) => event.target === event.currentTarget && onClose();
  // At the end of the page, so that it looks the same wherever it was opened.
  return createPortal(
    <dialog
      className={classNames('dialog', className)}
      ref={dialog}
      aria-labelledby={heading}
      onClick={onPress}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-body">
        <h3 id={heading}>{title}</h3>
        {children}
        {(closeWord !== undefined || actions !== null) && (
          <div className="acts">
            {closeWord !== undefined && (
              <Button variant="outline" onClick={onClose}>
                {closeWord}
              </Button>
            )}
            {actions}
          </div>
        )}
      </div>
    </dialog>,
    document.body,
  );
}
