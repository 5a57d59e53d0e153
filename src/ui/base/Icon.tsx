import { classNames } from './class-names.ts';
import { ICONS } from './icons.tsx';
import './icon.css';

/** The name of an interface icon. */
export type IconName = keyof typeof ICONS;

/** Props of {@link Icon}. */
export interface IconProps {
  readonly name: IconName;
  /** 14, 16 or 20 px; 16 when left out. */
  readonly size?: 'sm' | 'md' | 'lg';
}

const SIZES = { sm: 'i-sm', md: undefined, lg: 'i-lg' } as const;

/** An interface icon. It is decoration: the control around it carries the name. */
export function Icon({ name, size = 'md' }: IconProps) {
  const { box, shape } = ICONS[name];
  return (
    <svg className={classNames('i', SIZES[size])} viewBox={box} aria-hidden="true">
      {shape}
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
