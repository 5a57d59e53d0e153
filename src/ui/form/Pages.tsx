import { countText } from '../../core/text/number-text.ts';
import { Button } from './Button.tsx';
import './pages.css';

/** Props of {@link Pages}. */
export interface PagesProps {
  /** What is on the pages: `Columns`. */
  readonly what: string;
  readonly total: number;
  /** How many are on a page. */
  readonly each: number;
  /** From 0. */
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/** Goes through pages of very many things; nothing where all are on one. */
export function Pages({ what, total, each, page, onPage }: PagesProps) {
  const first = page * each;
  const last = Math.min(total, first + each);
  if (total <= each) return null;
  return (
    <div className="pages">
      <Button size="sm" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </Button>
      <span role="status">
        {what} {countText(first + 1)} to {countText(last)} of {countText(total)}
      </span>
      <Button size="sm" disabled={last === total} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </div>
  );
}
