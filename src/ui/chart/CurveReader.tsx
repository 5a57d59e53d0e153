import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { RunNumber } from '../card/RunMark.tsx';
import type { Curve, Ghost } from './curve.ts';
import { type Geometry, MARGIN } from './geometry.ts';
import { type EpochFigures, figuresOnLine, ghostName, ghostText, nearestFigures } from './readout.ts';

/** Props of {@link CurveReader}. */
export interface CurveReaderProps {
  readonly name: string;
  readonly at: Geometry;
  readonly figures: readonly EpochFigures[];
  /** The training line as it is drawn, from which training is read. */
  readonly line: Curve;
  readonly ghosts: readonly Ghost[];
  readonly format: (value: number) => string;
}

/**
 * Shows the figures of one epoch: the one under the pointer, or chosen with the arrow keys. For screen readers it is a
 * slider.
 */
export function CurveReader({ name, at, figures, line, ghosts, format }: CurveReaderProps) {
  const [epoch, setEpoch] = useState<number>();
  const shown = figures.find((each) => each.epoch === epoch);
  const newest = shown ?? figures.at(-1);
  const latest = newest && figuresOnLine(newest, line);
  const move = (event: PointerEvent) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setEpoch(nearestFigures(figures, x, at.x)?.epoch);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = neighbour(event.key, figures, shown);
    if (!next) return;
    event.preventDefault();
    setEpoch(next.epoch);
  };
  return (
    <div
      className="reader"
      role="slider"
      tabIndex={0}
      aria-label={`${name} by epoch`}
      aria-valuemin={figures[0]?.epoch ?? 0}
      aria-valuemax={figures.at(-1)?.epoch ?? 0}
      aria-valuenow={latest?.epoch ?? 0}
      aria-valuetext={latest ? inWords(latest, ghosts, format) : 'No epoch has ended yet'}
      onPointerMove={move}
      onPointerLeave={() => setEpoch(undefined)}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && setEpoch(figures.at(-1)?.epoch)}
      onBlur={() => setEpoch(undefined)}
      onKeyDown={onKeyDown}
    >
      {shown && latest && <Readout at={at} figures={latest} ghosts={ghosts} format={format} />}
    </div>
  );
}

function neighbour(key: string, figures: readonly EpochFigures[], shown: EpochFigures | undefined) {
  const index = shown ? figures.indexOf(shown) : figures.length;
  if (key === 'ArrowLeft' || key === 'ArrowDown') return figures[Math.max(0, index - 1)];
  if (key === 'ArrowRight' || key === 'ArrowUp') return figures[Math.min(figures.length - 1, index + 1)];
  if (key === 'Home') return figures[0];
  return key === 'End' ? figures.at(-1) : undefined;
}

function inWords(line: EpochFigures, ghosts: readonly Ghost[], format: (value: number) => string): string {
  const parts = [
    ['training', line.training],
    ['training sample', line.judged],
    ['validation', line.validation],
  ] as const;
  const own = parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${format(value)}`]));
  const others = ghosts.flatMap((ghost, index) => {
    const value = line.ghosts[index];
    return value === undefined ? [] : [`${ghostName(ghost)} ${ghostText(ghost, value, line.epoch, format)}`];
  });
  return [`Epoch ${line.epoch}`, ...own, ...others].join(', ');
}

interface ReadoutProps extends Pick<CurveReaderProps, 'at' | 'ghosts' | 'format'> {
  readonly figures: EpochFigures;
}

function Readout({ at, figures, ghosts, format }: ReadoutProps) {
  const x = at.x(figures.epoch);
  const side = x < at.width / 2 ? { left: x + 10 } : { right: at.width - x + 10 };
  return (
    <>
      <i className="reader-line" style={{ left: x, top: MARGIN.top, bottom: MARGIN.bottom }} />
      <div className="tip reader-tip" style={side}>
        <b>epoch {figures.epoch}</b>
        <Line className="is-train" name="training" value={figures.training} format={format} />
        <Line className="is-judged" name="training sample" value={figures.judged} format={format} />
        <Line className="is-val" name="validation" value={figures.validation} format={format} />
        {ghosts.map((ghost, index) => {
          const value = figures.ghosts[index];
          return value === undefined ? null : (
            <div className="tip-row" key={ghost.run}>
              <span>
                <RunNumber run={ghost.run} />
                {ghost.band && ` mean of ${ghost.band.runs.length}`}
              </span>
              <span>{ghostText(ghost, value, figures.epoch, format)}</span>
            </div>
          );
        })}
      </div>
    </>
  );
}

interface LineProps {
  readonly className: string;
  readonly name: string;
  readonly value: number | undefined;
  readonly format: (value: number) => string;
}

function Line({ className, name, value, format }: LineProps) {
  if (value === undefined) return null;
  return (
    <div className="tip-row">
      <span>
        <i className={`s ${className}`} />
        {name}
      </span>
      <span>{format(value)}</span>
    </div>
  );
}
