import { classNames } from './class-names.ts';
import { GLYPHS, ICONS } from './icons.tsx';
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

/** The outline of a garment class, for a label of 0 ... 9; other labels draw nothing. The class name stands beside it. */
export function ClassGlyph({ label }: { readonly label: number }) {
  return (
    <svg className="g" viewBox="0 0 24 24" aria-hidden="true">
      <path d={GLYPHS[label] ?? ''} />
    </svg>
  );
}
