import { Fragment, useContext } from 'react';
import { type GlossaryEntry, glossaryEntry, termsIn } from '../core/text/glossary.ts';
import { TermButton } from '../ui/overlay/TermButton.tsx';
import { TermListContext } from './term-list.ts';

/** Props of {@link GlossaryTerm}. */
export interface GlossaryTermProps {
  /** The term or one of its forms. */
  readonly of: string;
  readonly children: string;
  readonly more?: string | undefined;
  readonly over?: boolean;
}

/** A word with its explanation; only the word where there is none. */
export function GlossaryTerm({ of, children, ...rest }: GlossaryTermProps) {
  const entry = glossaryEntry(of);
  if (entry === undefined) return children;
  return (
    <Explained entry={entry} {...rest}>
      {children}
    </Explained>
  );
}

/** A sentence in which each term explains itself where it comes first. */
export function GlossaryText({ children }: { readonly children: string }) {
  return termsIn(children).map(({ text, entry }, index) => {
    const key = `${index} ${text}`;
    if (entry === null) return <Fragment key={key}>{text}</Fragment>;
    return (
      <Explained key={key} entry={entry}>
        {text}
      </Explained>
    );
  });
}

interface ExplainedProps extends Omit<GlossaryTermProps, 'of'> {
  readonly entry: GlossaryEntry;
}

function Explained({ entry: { term, meaning }, ...rest }: ExplainedProps) {
  const openList = useContext(TermListContext);
  return <TermButton term={term} meaning={meaning} onAll={() => openList(term)} {...rest} />;
}
