import { countText } from '../../core/text/number-text.ts';
import { Button } from '../../ui/form/Button.tsx';
import { accuracyText, type ClassRow, checkedText, ORDERS, type Order } from './class-rows.ts';
import type { Repeater, Repetition } from './use-again.ts';

/** By what the table is sorted. */
export interface Sorting {
  readonly by: Order;
  readonly isDown: boolean;
}

/** Props of {@link ClassTable}. */
export interface ClassTableProps {
  readonly rows: readonly ClassRow[];
  readonly order: Sorting;
  readonly onOrder: (order: Sorting) => void;
  readonly repeater: Repeater;
  /** The hand-in whose curve is to stand out, by its id. */
  readonly onMark: (id: string | null) => void;
}

const COLUMNS: readonly Order[] = ['student', 'time', 'met', 'accuracy', 'parameters'];

/** A class as a table, a row for each hand-in. */
export function ClassTable({ rows, order, onOrder, repeater, onMark }: ClassTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="class-scroll" aria-label="Table of the class" tabIndex={0}>
      <table className="class-table" aria-label="Class">
        <thead>
          <tr>
            {COLUMNS.map((by) => (
              <th
                key={by}
                scope="col"
                aria-sort={order.by === by ? (order.isDown ? 'descending' : 'ascending') : 'none'}
              >
                <button type="button" onClick={() => onOrder({ by, isDown: order.by === by && !order.isDown })}>
                  {ORDERS[by].title}
                  <span aria-hidden="true">{order.by === by ? (order.isDown ? ' ↓' : ' ↑') : ''}</span>
                </button>
              </th>
            ))}
            <th scope="col">Trained again</th>
            <th scope="col">Remarks</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.handIn.id} row={row} repeater={repeater} onMark={onMark} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps extends Pick<ClassTableProps, 'repeater' | 'onMark'> {
  readonly row: ClassRow;
}

function Row({ row, repeater, onMark }: RowProps) {
  const { handIn, checked, isMet, problems, accuracy, parameters } = row;
  const mark = () => onMark(handIn.id);
  return (
    <tr onPointerEnter={mark} onPointerLeave={() => onMark(null)} onFocus={mark} onBlur={() => onMark(null)}>
      <th scope="row">{handIn.student}</th>
      <td>{timeText(handIn.time)}</td>
      <td title={checked.map(checkedText).join('\n')}>
        <b>{handIn.run === null ? '–' : isMet ? 'met' : 'not met'}</b>
        {checked
          .filter((condition) => !condition.isMet)
          .map((condition) => (
            <small key={`${condition.measure} ${condition.is}`}>{checkedText(condition)}</small>
          ))}
      </td>
      <td className="num">{accuracyText(accuracy)}</td>
      <td className="num">{Number.isNaN(parameters) ? '–' : countText(parameters)}</td>
      <td>
        <Again student={handIn.student} repetition={repeater.of(handIn)} onStart={() => repeater.start([handIn])} />
      </td>
      <td>{problems.join(' ')}</td>
    </tr>
  );
}

interface AgainProps {
  readonly student: string;
  readonly repetition: Repetition;
  readonly onStart: () => void;
}

const WORDS = { waits: 'waits', trains: 'trains …', repeats: 'repeats', differs: 'differs' } as const;

function Again({ student, repetition: { state, text }, onStart }: AgainProps) {
  if (state !== 'none')
    return (
      <>
        <b>{WORDS[state]}</b>
        {text !== '' && <small>{text}</small>}
      </>
    );
  if (text !== '') return <small>{text}</small>;
  return (
    <Button variant="outline" size="sm" aria-label={`Train again: ${student}`} onClick={onStart}>
      Train again
    </Button>
  );
}

/** A time as the reader's clock has it. */
function timeText(time: string): string {
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
