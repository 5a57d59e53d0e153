import { Fragment, useContext } from 'react';
import { glossaryEntry, type SentencePart, termsIn } from '../core/text/glossary.ts';
import { TermButton } from '../ui/overlay/TermButton.tsx';
import { TermListContext } from './term-list.ts';

/** Props of {@link Glossed}. */
export interface GlossedProps {
  /** The term that the children are a word for; without it they are a sentence. */
  readonly of?: string | undefined;
  /** What else there is to say of the term. */
  readonly more?: string | undefined;
  /** Whether the term lies over a word that stands there already. */
  readonly over?: boolean;
  readonly children: string;
}

/** A word that explains itself, or a sentence in which each term does where it comes first. */
export function Glossed({ of, children, ...rest }: GlossedProps) {
  const openList = useContext(TermListContext);
  const parts: readonly SentencePart[] =
    of === undefined ? termsIn(children) : [{ text: children, entry: glossaryEntry(of) ?? null }];
  return parts.map(({ text, entry }, index) => {
    const key = `${index} ${text}`;
    if (entry === null) return <Fragment key={key}>{text}</Fragment>;
    const { term, meaning } = entry;
    return (
      <TermButton key={key} term={term} meaning={meaning} onAll={() => openList(term)} {...rest}>
        {text}
      </TermButton>
    );
  });
}
