import {
  type FocusEvent,
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Confusion } from '../../core/evaluation/metrics.ts';
import { classNames } from '../base/class-names.ts';
import { FloatingTip } from '../overlay/Tooltip.tsx';
import { type Cell, cellSentence, type HeatCell, type HeatMode, heatCells, worstMistake } from './heat.ts';
import { heatLayout } from './heat-layout.ts';
import './heat-map.css';

/** Props of {@link HeatMap}. */
export interface HeatMapProps {
  /** Class names in the order of their labels. */
  readonly classes: readonly string[];
  /** What samples are called, as `images`. */
  readonly samples: string;
  readonly counts: Confusion;
  readonly mode: HeatMode;
  readonly selected?: Cell | undefined;
  readonly onSelect: (cell: Cell) => void;
}

/**
 * A confusion matrix, a row for each true class. It is one tab stop; arrow keys, Home and End move inside, with Ctrl to
 * the corners.
 */
export function HeatMap({ classes, samples, counts, mode, selected, onSelect }: HeatMapProps) {
  const [stop, setStop] = useState<Cell>({ truth: 0, predicted: 0 });
  const [tip, setTip] = useState<{ readonly anchor: Element; readonly cell: Cell }>();
  const cells = useMemo(() => heatCells(counts, mode), [counts, mode]);
  const { scrolls, isSmall, ...layout } = heatLayout(classes);
  const box = useRef<HTMLDivElement>(null);
  useInSight(box, scrolls ? selected : undefined);
  const onFocus = (event: FocusEvent) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    setStop(cell);
    if (event.target.matches(':focus-visible')) setTip({ anchor: event.target, cell });
  };
  const onPointerOver = ({ target }: PointerEvent) => {
    const cell = cellOf(target);
    setTip(cell && target instanceof Element ? { anchor: target, cell } : undefined);
  };
  const hideTip = () => setTip(undefined);
  const table = (
    <table
      {...layout}
      aria-label="Confusion matrix"
      onFocus={onFocus}
      onBlur={hideTip}
      onPointerOver={onPointerOver}
      onPointerLeave={hideTip}
      onKeyDown={(event) => moveFocus(event, classes.length)}
    >
      <HeatHead classes={classes} selected={selected?.predicted} />
      <tbody>
        {cells.map((row, truth) => (
          <HeatRow
            key={classes[truth]}
            classes={classes}
            cells={row}
            truth={truth}
            stop={stop.truth === truth ? stop.predicted : undefined}
            selected={selected?.truth === truth ? selected.predicted : undefined}
            isSmall={isSmall}
            onSelect={onSelect}
          />
        ))}
      </tbody>
    </table>
  );
  return (
    <>
      <div ref={box} className={scrolls ? 'heat-scroll scroll' : 'heat-box'}>
        {table}
      </div>
      <HeatLegend worst={worstMistake(counts, mode)} />
      {tip && (
        <FloatingTip anchor={tip.anchor.closest('table') ?? tip.anchor} side="below">
          {cellSentence(counts, tip.cell, classes, samples)}
        </FloatingTip>
      )}
    </>
  );
}

/** Scrolls a matrix, and nothing around it, to a cell that was selected elsewhere. */
function useInSight(box: RefObject<HTMLDivElement | null>, cell: Cell | undefined): void {
  const { truth, predicted } = cell ?? {};
  useEffect(() => {
    const { current } = box;
    if (current === null || truth === undefined || predicted === undefined) return;
    const target = current.querySelectorAll('tbody tr')[truth]?.querySelectorAll('td')[predicted];
    if (target === undefined) return;
    const [shown, around] = [target.getBoundingClientRect(), current.getBoundingClientRect()];
    const [left, top] = [shown.left - around.left, shown.top - around.top];
    const isInSight = left > around.width / 3 && shown.right < around.right && top > around.height / 3;
    if (isInSight && shown.bottom < around.bottom) return;
    current.scrollBy?.({ left: left - (2 * around.width) / 3, top: top - (2 * around.height) / 3 });
  }, [box, truth, predicted]);
}

interface HeatRowProps extends Pick<HeatMapProps, 'classes' | 'onSelect'> {
  readonly cells: readonly HeatCell[];
  readonly truth: number;
  /** The column that Tab leads to, and the selected one, where they are in this row. */
  readonly stop: number | undefined;
  readonly selected: number | undefined;
  /** Whether there is no room for figures. */
  readonly isSmall: boolean;
}

/** A row is drawn again only when something in it changes: with a hundred classes there are ten thousand cells. */
const HeatRow = memo(function HeatRow({ classes, cells, truth, stop, selected, isSmall, onSelect }: HeatRowProps) {
  return (
    <tr>
      <th scope="row" className={classNames(selected !== undefined && 'on')}>
        {classes[truth]}
      </th>
      {cells.map((cell, predicted) => (
        <td key={classes[predicted]}>
          <button
            type="button"
            className={classNames(selected === predicted && 'sel', cell.strength > 50 && 'strong')}
            style={{ '--bg': colour(truth === predicted, cell.strength) }}
            tabIndex={stop === predicted ? 0 : -1}
            aria-pressed={selected === predicted}
            aria-label={`True ${classes[truth]}, predicted ${classes[predicted]}: ${cell.value}`}
            onClick={() => onSelect({ truth, predicted })}
          >
            {!isSmall && cell.text}
          </button>
        </td>
      ))}
    </tr>
  );
});

function HeatHead({
  classes,
  selected,
}: {
  readonly classes: readonly string[];
  readonly selected: number | undefined;
}) {
  return (
    <>
      <colgroup>
        <col className="h" />
        <col span={classes.length} />
      </colgroup>
      <thead>
        <tr>
          <td>
            true ↓<br />
            predicted →
          </td>
          {classes.map((name, predicted) => (
            <th key={name} scope="col" className={classNames(predicted === selected && 'on')}>
              <span>{name}</span>
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}

function HeatLegend({ worst }: { readonly worst: string }) {
  return (
    <p className="legend">
      <i className="ramp ramp-right" />
      right
      <i className="ramp ramp-wrong" />
      wrong, up to {worst}
    </p>
  );
}

function colour(right: boolean, strength: number): string {
  return `color-mix(in oklab, var(--heat-${right ? 'right' : 'wrong'}) ${strength}%, var(--surface))`;
}

/** The cell of a button in the table, by the button's row and column. */
function cellOf(target: EventTarget | null): Cell | undefined {
  const box = target instanceof Element && target.matches('button') ? target.closest('td') : null;
  const row = box?.closest('tr');
  return box && row ? { truth: row.sectionRowIndex, predicted: box.cellIndex - 1 } : undefined;
}

function moveFocus(event: KeyboardEvent<HTMLTableElement>, size: number): void {
  const from = cellOf(event.target);
  const to = from && target(event, from, size);
  if (!to) return;
  event.preventDefault();
  event.currentTarget.querySelectorAll('button')[to.truth * size + to.predicted]?.focus();
}

function target({ key, ctrlKey }: KeyboardEvent, { truth, predicted }: Cell, size: number): Cell | undefined {
  const last = size - 1;
  const within = (label: number) => Math.min(last, Math.max(0, label));
  const moves: Record<string, Cell> = {
    ArrowRight: { truth, predicted: within(predicted + 1) },
    ArrowLeft: { truth, predicted: within(predicted - 1) },
    ArrowDown: { truth: within(truth + 1), predicted },
    ArrowUp: { truth: within(truth - 1), predicted },
    Home: { truth: ctrlKey ? 0 : truth, predicted: 0 },
    End: { truth: ctrlKey ? last : truth, predicted: last },
  };
  return moves[key];
}
