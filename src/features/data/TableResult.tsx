import type { TablePreview } from '../../core/dataset/table-reading.ts';
import { countOf } from '../../core/text/nouns.ts';
import { countText, percentText } from '../../core/text/number-text.ts';
import { classNames } from '../../ui/base/class-names.ts';
import type { PreviewState } from './use-table-preview.ts';

/** Classes that are listed. */
const LISTED = 8;

/** What would come of the choices: rows, values, classes, and what is dropped. */
export function TableResult({ preview, problem, isStale }: PreviewState) {
  return (
    <section
      className={classNames('table-result', isStale && 'is-faded')}
      aria-label="What comes of it"
      aria-busy={isStale}
    >
      {problem !== null && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      {problem === null && preview !== null && <Rows {...preview} />}
      {problem === null && preview === null && <p className="muted">Working out what becomes of the rows…</p>}
    </section>
  );
}

function Rows({ train, test, values, classes, leftOut, notes }: TablePreview) {
  return (
    <>
      <p>
        <b>{countOf(train, { one: 'row', many: 'rows' })}</b> to train on and <b>{countText(test)}</b> to test on, each
        of <b>{countOf(values, { one: 'value', many: 'values' })}</b>.
        {leftOut.map(({ what, why }) => (
          <span key={why}>
            {' '}
            {what} that {why} {what === '1 row' ? 'is' : 'are'} dropped.
          </span>
        ))}
      </p>
      <ul className="table-classes" aria-label="Classes">
        {classes.slice(0, LISTED).map((each) => (
          <li key={each.name}>
            <b>{each.name}</b>
            <span className="table-share">
              <span style={{ width: `${(100 * (each.train + each.test)) / (train + test)}%` }} />
            </span>
            <span className="num">{percentText((each.train + each.test) / (train + test))}</span>
          </li>
        ))}
        {classes.length > LISTED && <li className="muted">and {countText(classes.length - LISTED)} more</li>}
      </ul>
      {notes.map((note) => (
        <p key={note} className="muted">
          {note}
        </p>
      ))}
    </>
  );
}
