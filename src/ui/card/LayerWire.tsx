import { type ComponentProps, useEffect, useRef } from 'react';
import { classNames } from '../base/class-names.ts';
import { Icon } from '../base/Icon.tsx';
import './layer-wire.css';

/** What a wire shows by itself: that the next layer goes here, or that one is being chosen for this place. */
export type WireMark = 'next' | 'chosen';

/** Props of {@link LayerWire}; what a native button takes is passed on. */
export interface LayerWireProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly label: string;
  readonly mark?: WireMark | undefined;
}

/** The wire below a card, whose plus inserts a layer there. One that is chosen scrolls into view. */
export function LayerWire({ label, mark, ...rest }: LayerWireProps) {
  const wire = useRef<HTMLButtonElement>(null);
  const isChosen = mark === 'chosen';
  useEffect(() => {
    if (isChosen) wire.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <button
      {...rest}
      ref={wire}
      type="button"
      className={classNames('wire', mark !== undefined && 'is-next', isChosen && 'is-chosen')}
      aria-label={label}
    >
      <span className="reach" />
      <span className="plus">
        <Icon name="plus" />
      </span>
    </button>
  );
}
