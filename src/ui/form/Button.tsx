import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../base/class-names.ts';
import { Icon, type IconName } from '../base/Icon.tsx';
import { Tooltip } from '../overlay/Tooltip.tsx';
import './button.css';

const VARIANTS = { primary: 'btn-primary', outline: 'btn-line', quiet: 'btn-ghost', tool: undefined } as const;
const SIZES = { sm: 'btn-sm', md: undefined, lg: 'btn-lg' } as const;

/** Props of {@link Button}; whatever a native button takes is passed on. */
export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'aria-label'> {
  /** One primary per column; `tool` is the filled square of a toolbar. */
  readonly variant?: keyof typeof VARIANTS;
  readonly size?: keyof typeof SIZES;
  readonly icon?: IconName | undefined;
  /** The name of a button that shows its icon only; a tooltip says it too. */
  readonly label?: string | undefined;
  /** Part of the label, shown beside the icon where there is room. */
  readonly word?: string | undefined;
  /** Shortcut shown at the end, as `Space`; it stays out of the name. */
  readonly kbd?: string | undefined;
  /** Why the button cannot be used now: it stays in the focus order and says so. */
  readonly blocked?: string | undefined;
  /** Shows the icon only on a phone. Needs text as children, which stays the name. */
  readonly collapses?: boolean;
}

/** A button. `disabled` gives no reason, `blocked` says what is missing. */
export function Button(props: ButtonProps) {
  // A button that may be blocked keeps its tooltip element when it is not, or else it would lose the focus.
  if (props.label === undefined && !('blocked' in props)) return <BareButton {...props} />;
  return (
    <Tooltip text={tipOf(props)}>
      <BareButton {...props} />
    </Tooltip>
  );
}

function tipOf({ label, blocked }: ButtonProps): string | undefined {
  return label === undefined || blocked === undefined ? (label ?? blocked) : `${label}: ${blocked}`;
}

function BareButton(props: ButtonProps) {
  const {
    variant = 'tool',
    size = 'md',
    icon,
    label,
    word,
    kbd,
    blocked,
    collapses,
    className,
    children,
    ...rest
  } = props;
  const text = typeof children === 'string' ? children : undefined;
  const classes = ['btn', VARIANTS[variant], SIZES[size], label !== undefined && 'btn-icon', className] as const;
  return (
    <button
      aria-keyshortcuts={kbd}
      {...rest}
      {...(blocked !== undefined && { 'aria-disabled': true, 'aria-description': blocked, onClick: undefined })}
      type="button"
      className={classNames(...classes, collapses && 'btn-icon-phone')}
      aria-label={label ?? (collapses ? text : undefined)}
    >
      {icon && <Icon name={icon} size={size === 'sm' ? 'sm' : 'md'} />}
      {word && <span className="btn-word">{word}</span>}
      {collapses ? <span className="lbl">{children}</span> : children}
      {kbd && (
        <span className="kbd" aria-hidden="true">
          {kbd}
        </span>
      )}
    </button>
  );
}

/** Buttons that belong together, drawn as one strip. */
export function ButtonGroup({ children }: { readonly children: ReactNode }) {
  return <div className="btn-group">{children}</div>;
}

/** Props of {@link LinkButton}. */
export interface LinkButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly tone?: 'velvet' | 'error';
}

/** A button that reads as a link inside a sentence. */
export function LinkButton({ tone = 'velvet', className, ...rest }: LinkButtonProps) {
  return <button {...rest} type="button" className={classNames('link', tone === 'error' && 'link-error', className)} />;
}
