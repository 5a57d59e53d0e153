import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent } from 'react';
import { classNames } from '../base/class-names.ts';
import { nextItem } from '../base/roving.ts';
import type { Placement } from './place.ts';
import { useFloating } from './use-floating.ts';
import './popover.css';

/** Props of {@link Popover}. */
export interface PopoverProps {
  /** The control that opened it: the panel opens beside it, and the focus returns to it. */
  readonly anchor: Element;
  readonly label: string;
  readonly onClose: () => void;
  readonly placement?: Placement;
  readonly className?: string;
  readonly children: ReactNode;
}

const BELOW: Placement = { side: 'below', align: 'start' };
const ARROWED = 'select, [role="spinbutton"], [type="range"]';
const STOPS = ':is(input, select, button):not(:disabled), a[href], [tabindex="0"]';

/**
 * A panel beside its control. Render it only while it is open. It takes the focus, closes on Escape and on a press
 * outside, and gives the focus back. The up and down keys move through its items.
 */
export function Popover({ anchor, label, onClose, placement = BELOW, className, children }: PopoverProps) {
  const panel = useFloating<HTMLDivElement>(anchor, placement);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const element = panel.current;
    (element?.querySelector<HTMLElement>(STOPS) ?? element)?.focus();
    const onPress = ({ target }: Event) => {
      if (target instanceof Node && !element?.contains(target) && !anchor.contains(target)) close();
    };
    // The focus may be on the control again, as after a press of Shift and Tab.
    const onAnchorKey = (event: Event) =>
      event instanceof globalThis.KeyboardEvent && event.key === 'Escape' && close();
    addEventListener('pointerdown', onPress);
    anchor.addEventListener('keydown', onAnchorKey);
    return () => {
      removeEventListener('pointerdown', onPress);
      anchor.removeEventListener('keydown', onAnchorKey);
      const hadFocus = document.activeElement === document.body || element?.contains(document.activeElement);
      if (hadFocus && anchor instanceof HTMLElement) anchor.focus();
    };
  }, [anchor, panel]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else moveFocus(event);
  };
  return (
    <div
      className={classNames('pop', className)}
      popover="manual"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      ref={panel}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  // Arrow keys inside a field belong to the field; Home and End too.
  const inField = event.target instanceof HTMLElement && event.target.matches(ARROWED);
  if (inField || !event.key.startsWith('Arrow')) return;
  // Fields that keep the arrow keys are left to Tab, since no arrow key would lead out of them.
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => !stop.matches(ARROWED));
  const at = stops.findIndex((stop) => stop.matches(':focus'));
  const next = nextItem(event.key, at, stops.length, 'column');
  if (next === undefined) return;
  event.preventDefault();
  stops[next]?.focus();
}
