import type { KeyboardEvent } from 'react';
import { classNames } from '../base/class-names.ts';
import { fromFraction, type Scale, significant, toFraction } from '../base/scale.ts';
import { stepNumber } from './number.ts';
import './slider.css';

/** Positions that the native input tells apart. */
const RESOLUTION = 1000;

/** A labelled position on the tape. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Props of {@link Slider}. */
export interface SliderProps {
  readonly label: string;
  readonly scale: Scale;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Turns a place on the track into a sensible value; two significant digits when left out. */
  readonly snap?: ((value: number) => number) | undefined;
  /** Sensible values in rising order, for arrow keys; a hundredth of the scale when left out. */
  readonly steps?: readonly number[] | undefined;
  readonly format?: ((value: number) => string) | undefined;
  /** How much data has arrived; darker on the track. */
  readonly buffered?: number | undefined;
  readonly ticks?: readonly Tick[] | undefined;
  readonly disabled?: boolean | undefined;
  /** Set where a field beside it does the same: screen readers and the keyboard then use only that field. */
  readonly decorative?: boolean;
}

/** A native range drawn as a tape, linear or logarithmic. */
export function Slider(props: SliderProps) {
  const { scale, value, onChange, snap = twoDigits, buffered, ticks, format = String, decorative } = props;
  const percent = (at: number) => `${toFraction(at, scale) * 100}%`;
  const style = { '--p': percent(value), '--buf': buffered === undefined ? '0%' : percent(buffered) };
  const within = (next: number) => Math.min(scale.max, Math.max(scale.min, next));
  const names = decorative
    ? ({ 'aria-hidden': true, tabIndex: -1 } as const)
    : { 'aria-label': props.label, 'aria-valuetext': format(value) };
  return (
    <span className={classNames('range', !ticks && 'is-plain')} style={style}>
      <input
        {...names}
        type="range"
        min={0}
        max={RESOLUTION}
        value={Math.round(toFraction(value, scale) * RESOLUTION)}
        disabled={props.disabled}
        onChange={(event) =>
          onChange(within(snap(fromFraction(event.currentTarget.valueAsNumber / RESOLUTION, scale))))
        }
        onKeyDown={(event) => onArrow(event, props)}
      />
      {ticks && <Ticks ticks={ticks} scale={scale} />}
    </span>
  );
}

function Ticks({ ticks, scale }: { readonly ticks: readonly Tick[]; readonly scale: Scale }) {
  return (
    <span className="ticks" aria-hidden="true">
      {ticks.map((tick) => (
        <span key={tick.label} style={{ left: `${toFraction(tick.value, scale) * 100}%` }}>
          {tick.label}
        </span>
      ))}
    </span>
  );
}

/** Native arrow keys would move a thousandth of the track, which snapping may undo. */
function onArrow(event: KeyboardEvent, { scale, value, onChange, steps, snap = twoDigits }: SliderProps) {
  const direction = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
  if (direction !== 1 && direction !== -1) return;
  event.preventDefault();
  const { min, max } = scale;
  if (steps) return onChange(stepNumber(value, direction, event.shiftKey, { min, max, steps }));
  const hundredths = event.shiftKey ? 0.1 : 0.01;
  const next = snap(fromFraction(toFraction(value, scale) + direction * hundredths, scale));
  onChange(Math.min(max, Math.max(min, next)));
}

function twoDigits(value: number): number {
  return significant(value, 2);
}
