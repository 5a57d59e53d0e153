import { classNames } from './class-names.ts';
import './icon.css';

/** The name of an interface icon; its shape is in `icons`, which the build puts into the page. */
export type IconName =
  | 'play'
  | 'pause'
  | 'step'
  | 'step-epoch'
  | 'reset'
  | 'undo'
  | 'redo'
  | 'share'
  | 'export'
  | 'present'
  | 'theme'
  | 'help'
  | 'down'
  | 'plus'
  | 'x'
  | 'check'
  | 'handle'
  | 'data'
  | 'chip'
  | 'eye'
  | 'eye-off'
  | 'pin'
  | 'restore'
  | 'brush'
  | 'eraser'
  | 'fill'
  | 'mirror'
  | 'trash'
  | 'copy'
  | 'off'
  | 'dice'
  | 'warn'
  | 'info'
  | 'layers'
  | 'lesson'
  | 'lock'
  | 'curve'
  | 'tag'
  | 'more'
  | 'sliders'
  | 'compare'
  | 'sweep'
  | 'text'
  | 'code'
  | 'paste'
  | 'storage'
  | 'up'
  | 'table'
  | 'upload';

/** Props of {@link Icon}. */
export interface IconProps {
  readonly name: IconName;
  /** 14, 16 or 20 px; 16 when left out. */
  readonly size?: 'sm' | 'md' | 'lg';
}

const SIZES = { sm: 'i-sm', md: undefined, lg: 'i-lg' } as const;

/** An interface icon. It is decoration: the control around it carries the name. */
export function Icon({ name, size = 'md' }: IconProps) {
  return (
    <svg className={classNames('i', SIZES[size])} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** The outline of a class, a path on 24 by 24 units; an empty place without one. The class name stands beside it. */
export function ClassGlyph({ outline }: { readonly outline: string | undefined }) {
  return (
    <svg className="g" viewBox="0 0 24 24" aria-hidden="true">
      {outline !== undefined && <path d={outline} />}
    </svg>
  );
}
