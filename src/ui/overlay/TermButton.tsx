import {
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { classNames } from '../base/class-names.ts';
import { LinkButton } from '../form/Button.tsx';
import './popover.css';
import './term.css';
import { useFloating } from './use-floating.ts';

/** Milliseconds that the pointer rests on a term before it is explained, and stays away before that ends. */
const OPENS_AFTER = 400;
const CLOSES_AFTER = 250;

/** Props of {@link TermButton}. */
export interface TermButtonProps {
  readonly term: string;
  readonly meaning: string;
  /** What else there is to say where the term stands. */
  readonly more?: string | undefined;
  /** Opens the list of all terms. */
  readonly onAll: () => void;
  /** Lies over the word before it, such as the label of a field, instead of showing the word itself. */
  readonly over?: boolean;
  /** The word as it stands in its sentence. */
  readonly children: ReactNode;
}

/** Closes the explanation that is open, of which there is one at most. */
let closeOpen: (() => void) | null = null;

/**
 * A word with a dotted line below it. On hover, on keyboard focus and when pressed it opens its meaning, with a link to all terms; Enter
 * moves the focus to the link. Escape and a press outside close it.
 */
export function TermButton({ term, meaning, more, onAll, over = false, children }: TermButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [pinned, setPinned] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const close = () => {
    clearTimeout(timer.current);
    setOpen(false);
    setPinned(false);
  };
  const show = () => {
    clearTimeout(timer.current);
    if (open) return;
    closeOpen?.();
    closeOpen = close;
    setOpen(true);
  };
  const soon = (act: () => void, wait: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, wait);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const onPointerEnter = ({ pointerType }: PointerEvent) => pointerType !== 'touch' && soon(show, OPENS_AFTER);
  const onPointerLeave = () => pinned || soon(close, CLOSES_AFTER);
  const onClick = ({ detail }: MouseEvent) => {
    if (pinned && detail > 0) return close();
    show();
    setPinned(true);
  };
  return (
    <>
      <button
        type="button"
        className={classNames('term', over && 'is-over')}
        ref={button}
        aria-description={more === undefined ? meaning : `${meaning} ${more}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={onPointerEnter}
        onPointerLeave={onPointerLeave}
        onFocus={({ target }) => target.matches(':focus-visible') && show()}
        onBlur={() => pinned || close()}
        onClick={onClick}
      >
        {over ? <span className="vh">{children}</span> : children}
      </button>
      {open && button.current !== null && (
        <Meaning
          anchor={button.current}
          term={term}
          focused={pinned}
          onClose={close}
          onAll={() => {
            // Where the focus returns to when the list is closed.
            button.current?.focus();
            close();
            onAll();
          }}
          onEnter={() => clearTimeout(timer.current)}
          onLeave={onPointerLeave}
        >
          {meaning} {more}
        </Meaning>
      )}
    </>
  );
}

interface MeaningProps {
  readonly anchor: HTMLElement;
  readonly term: string;
  /** Whether the term was pressed: the link then takes the focus. */
  readonly focused: boolean;
  readonly onClose: () => void;
  readonly onAll: () => void;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
  readonly children: ReactNode;
}

/** The explanation, beside the term. It belongs to the dialog or the panel that the term is in, or else to the page. */
function Meaning({ anchor, term, focused, onClose, onAll, onEnter, onLeave, children }: MeaningProps) {
  const panel = useFloating<HTMLDivElement>(anchor, { side: 'above', align: 'start' });
  const link = useRef<HTMLButtonElement>(null);
  const heading = useId();
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (focused) link.current?.focus();
  }, [focused]);
  useEffect(() => {
    const element = panel.current;
    const onPress = ({ target }: Event) => {
      if (target instanceof Node && !element?.contains(target) && !anchor.contains(target)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // Nothing else closes with it, such as the dialog that the term is in.
      event.preventDefault();
      event.stopPropagation();
      if (element?.contains(document.activeElement)) anchor.focus();
      close();
    };
    addEventListener('pointerdown', onPress);
    addEventListener('keydown', onKey, { capture: true });
    return () => {
      removeEventListener('pointerdown', onPress);
      removeEventListener('keydown', onKey, { capture: true });
    };
  }, [anchor, panel]);
  return createPortal(
    <div
      className="pop term-meaning"
      popover="manual"
      role="dialog"
      aria-labelledby={heading}
      ref={panel}
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      onKeyDown={(event) => {
        if (event.key !== 'Tab') return;
        // Tab goes on from the term, not from the end of the page, where this panel stands.
        if (event.shiftKey) event.preventDefault();
        anchor.focus();
        onClose();
      }}
      onBlur={({ relatedTarget }) => relatedTarget !== anchor && onClose()}
    >
      <b id={heading}>{term}</b>
      <p>{children}</p>
      <LinkButton ref={link} onClick={onAll}>
        All terms
      </LinkButton>
    </div>,
    anchor.closest('dialog, [popover]') ?? document.body,
  );
}
