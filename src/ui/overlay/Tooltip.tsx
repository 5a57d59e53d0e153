import { type FocusEvent, type ReactNode, useRef } from 'react';
import type { Placement } from './place.ts';
import { useFloating } from './use-floating.ts';
import { useTip } from './use-tip.ts';
import './tooltip.css';

/** Props of {@link Tooltip}. */
export interface TooltipProps {
  /**
   * What it says, undefined for nothing. The control must say it too, by its name or description: screen readers skip
   * the tooltip.
   */
  readonly text: ReactNode;
  readonly children: ReactNode;
}

/** A short note beside a control, shown on hover, on keyboard focus and on long press. Escape hides it. */
export function Tooltip({ text, children }: TooltipProps) {
  const host = useRef<HTMLSpanElement>(null);
  const { anchor, show, showSoon, hide } = useTip();
  const child = () => host.current?.firstElementChild;
  const onFocus = (event: FocusEvent) => {
    if (event.target.matches(':focus-visible')) show(child());
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens; the control inside is what people use.
    <span
      className="tip-host"
      ref={host}
      onPointerEnter={() => showSoon(child())}
      onPointerLeave={hide}
      onPointerCancel={hide}
      onClick={hide}
      onFocus={onFocus}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {children}
      {anchor && text !== undefined && <FloatingTip anchor={anchor}>{text}</FloatingTip>}
    </span>
  );
}

/** Props of {@link FloatingTip}. */
export interface FloatingTipProps {
  readonly anchor: Element;
  readonly side?: Placement['side'];
  readonly children: ReactNode;
}

/** The note itself, beside its anchor for as long as it is mounted. It is hidden from screen readers. */
export function FloatingTip({ anchor, side = 'above', children }: FloatingTipProps) {
  const tip = useFloating<HTMLSpanElement>(anchor, { side, align: 'center' });
  return (
    <span className="tip tip-float" popover="manual" ref={tip} aria-hidden="true">
      {children}
    </span>
  );
}
