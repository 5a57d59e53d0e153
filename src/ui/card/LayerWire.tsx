import type { ComponentProps } from 'react';
import { Icon } from '../base/Icon.tsx';
import './layer-wire.css';

/** The wire below a card, whose plus inserts a layer there. What a native button takes is passed on. */
export function LayerWire({ label, ...rest }: { readonly label: string } & Omit<ComponentProps<'button'>, 'type'>) {
  return (
    <button {...rest} type="button" className="wire" aria-label={label}>
      <span className="reach" />
      <span className="plus">
        <Icon name="plus" />
      </span>
    </button>
  );
}
