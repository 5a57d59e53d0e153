import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../base/class-names.ts';
import { Icon, type IconName } from '../base/Icon.tsx';
import { Button } from '../form/Button.tsx';
import './layer-card.css';

/** The family of a layer, which colours the tick at the left of its card. */
export type LayerTone = 'io' | 'conv' | 'pool' | 'dense' | 'norm' | 'regular' | 'merge';

/** Props of {@link LayerCard}; what a native fieldset takes, such as `ref` and `tabIndex`, is passed on. */
export interface LayerCardProps extends ComponentProps<'fieldset'> {
  /** The name of the group, as `Conv2D 2`. */
  readonly name: string;
  readonly tone: LayerTone;
  /** A lower card, for layers without weights. */
  readonly slim?: boolean;
  readonly open?: boolean;
  /** Switched off: data passes through unchanged. */
  readonly off?: boolean;
  readonly invalid?: boolean;
  readonly dragging?: boolean;
}

/** The card of one layer: a {@link LayerRow}, and a {@link LayerBody} or a {@link LayerError} when there is one. */
export function LayerCard(props: LayerCardProps) {
  const { name, tone, slim, open, off, invalid, dragging, className, ...rest } = props;
  const states = [
    slim && 'slim',
    open && 'open',
    off && 'is-off',
    invalid && 'has-error',
    dragging && 'is-drag',
  ] as const;
  return <fieldset {...rest} aria-label={name} className={classNames('layer', `k-${tone}`, ...states, className)} />;
}

/** One action on a layer, shown in its row on hover and focus. */
export interface LayerTool {
  readonly icon: IconName;
  readonly label: string;
  /** Gets the button that was pressed, so that a menu can open beside it. */
  readonly onPress: (event: { readonly currentTarget: Element }) => void;
}

/** A layer's output: its shape and parameters, the word `waiting`, or nothing because the layer has an error. */
export type LayerOutput =
  | { readonly kind: 'shape'; readonly shape: string; readonly parameters?: string | undefined }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'none' };

/** Props of {@link LayerRow}. */
export interface LayerRowProps {
  /** A {@link LayerHandle}; its space stays empty if left out. */
  readonly handle?: ReactNode;
  readonly name: string;
  /** The options in one line, as `32 · 3×3 · same · relu`. */
  readonly summary?: string | undefined;
  /** Whether its weights stay as they are: a lock says so beside the name. */
  readonly frozen?: boolean;
  readonly output: LayerOutput;
  readonly tools?: readonly LayerTool[];
  readonly open?: boolean;
  /** Opens and closes the card; without it the row is no button. */
  readonly onToggle?: (() => void) | undefined;
  /** Whether Tab leads to the row, in a stack that is one stop; its tools are then reached by arrow keys. */
  readonly tabIndex?: 0 | -1;
}

/** The first line of a card. */
export function LayerRow(props: LayerRowProps) {
  const { handle, name, summary, frozen = false, output, tools = [], open = false, onToggle, tabIndex } = props;
  const words = (
    <>
      <span className="layer-main">
        <span className="layer-name">{name}</span>
        {frozen && (
          <>
            <Icon name="lock" size="sm" />
            <span className="vh"> frozen</span>
          </>
        )}
        {summary !== undefined && <span className="layer-sum"> {summary}</span>}
      </span>{' '}
      <LayerFigures output={output} />
    </>
  );
  return (
    <div className="layer-row">
      {handle ?? <span className="handle handle-none" />}
      {onToggle ? (
        <button type="button" className="layer-open" aria-expanded={open} tabIndex={tabIndex} onClick={onToggle}>
          {words}
        </button>
      ) : (
        <div className="layer-open">{words}</div>
      )}
      {tools.length > 0 && <LayerTools tools={tools} tabIndex={tabIndex === undefined ? undefined : -1} />}
    </div>
  );
}

interface LayerToolsProps {
  readonly tools: readonly LayerTool[];
  readonly tabIndex: number | undefined;
}

function LayerTools({ tools, tabIndex }: LayerToolsProps) {
  return (
    <div className="layer-tools">
      {tools.map(({ icon, label, onPress }) => (
        <Button key={label} variant="quiet" size="sm" icon={icon} label={label} tabIndex={tabIndex} onClick={onPress} />
      ))}
    </div>
  );
}

function LayerFigures({ output }: { readonly output: LayerOutput }) {
  switch (output.kind) {
    case 'shape':
      return (
        <span className="layer-out">
          {output.shape}
          {output.parameters !== undefined && <small> {output.parameters}</small>}
        </span>
      );
    case 'waiting':
      return (
        <span className="layer-out">
          <span className="wait">waiting</span>
        </span>
      );
    case 'none':
      return (
        <span className="layer-out is-bad">
          <Icon name="warn" size="sm" />
          no output
        </span>
      );
    default:
      return output satisfies never;
  }
}

/** The dots by which a card is dragged. What a native button takes is passed on. */
export function LayerHandle({ label, ...rest }: { readonly label: string } & Omit<ComponentProps<'button'>, 'type'>) {
  return (
    <button {...rest} type="button" className="handle" aria-label={label}>
      <Icon name="handle" />
    </button>
  );
}
