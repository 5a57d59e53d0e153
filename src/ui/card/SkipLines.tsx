import type { ReactNode } from 'react';
import { classNames } from '../base/class-names.ts';
import './skip-lines.css';

/** The piece of a bracket beside one card. */
export interface SkipPiece {
  /** 0 is the leftmost line. */
  readonly lane: number;
  /** `start` leaves the card above by a dot, `end` enters this card by an arrow, `whole` does both. */
  readonly part: 'start' | 'middle' | 'end' | 'whole';
  /** How many lanes are left of the card where the bracket starts. */
  readonly startLanes: number;
  /** The name of the block that it belongs to, in `data-block`, where a press on any of its pieces finds it. */
  readonly block: string;
  /** A short word along the line. */
  readonly label?: string | undefined;
}

/** Props of {@link StackRow}; what a native div takes is passed on. */
export interface StackRowProps extends React.ComponentProps<'div'> {
  /** How many lanes are left of the card, which makes room for them. */
  readonly lanes: number;
  readonly pieces: readonly SkipPiece[];
  readonly children: ReactNode;
}

const FIRST_INDENT = 20;
const LANE_WIDTH = 10;
/** Further lanes are drawn over each other: the card needs the room. */
const MAX_LANES = 4;
/** Where the wire of a card runs, from its left edge. */
const WIRE = 21;

/** A wire and a card with the lines of the brackets that pass them on the left: rows under each other make whole brackets. */
export function StackRow({ lanes, pieces, className, children, ...rest }: StackRowProps) {
  return (
    <div {...rest} className={classNames('stack-row', className)} style={{ paddingLeft: indentOf(lanes) }}>
      {pieces.map((piece) => (
        <span
          key={piece.lane}
          className={classNames('skip-line', `is-${piece.part}`)}
          style={{ left: leftOf(piece), width: widthOf(piece, lanes) }}
          aria-hidden="true"
        >
          <span className="skip-hit" data-block={piece.block} />
          {piece.label !== undefined && <span className="skip-name">{piece.label}</span>}
        </span>
      ))}
      {children}
    </div>
  );
}

/** Props of {@link SkipHandle}; what a native button takes is passed on. */
export interface SkipHandleProps extends Omit<React.ComponentProps<'button'>, 'type' | 'children'> {
  /** The lane of the bracket that ends here. */
  readonly lane: number;
  readonly block: string;
  readonly label: string;
}

/** The end of a bracket as a button, which selects its whole block. */
export function SkipHandle({ lane, block, label, ...rest }: SkipHandleProps) {
  const left = leftOf({ lane });
  return (
    <button {...rest} type="button" className="skip-handle" data-block={block} aria-label={label} style={{ left }} />
  );
}

function indentOf(lanes: number): number {
  return lanes === 0 ? 0 : FIRST_INDENT + LANE_WIDTH * (Math.min(lanes, MAX_LANES) - 1);
}

function leftOf({ lane }: Pick<SkipPiece, 'lane'>): number {
  return 6 + LANE_WIDTH * Math.min(lane, MAX_LANES - 1);
}

function widthOf(piece: SkipPiece, lanes: number): number {
  const end = piece.part === 'start' ? indentOf(piece.startLanes) + WIRE : indentOf(lanes);
  return end - leftOf(piece);
}
