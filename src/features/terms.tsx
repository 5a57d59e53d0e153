import { part } from '../ui/card/part.tsx';

const Glossed = part(async () => (await import('./glossary-terms.tsx')).Glossed, {
  meanwhile: ({ over, children }) => (over ? null : children),
  missing: 'nothing',
});

/** Props of {@link Term}. */
export interface TermProps {
  /** The term or one of its forms, where the word itself is none. */
  readonly of?: string;
  readonly children: string;
}

/** A word that explains itself; plain until the explanations are loaded. */
export function Term({ of, children }: TermProps) {
  return <Glossed of={of ?? children}>{children}</Glossed>;
}

/** The explanation of the word before it, such as the label of a field, over which it lies. */
export function LabelTerm({ of, more }: { readonly of: string; readonly more?: string | undefined }) {
  return (
    <Glossed of={of} more={more} over>
      {`Explain ${of.toLowerCase()}`}
    </Glossed>
  );
}

/** A sentence whose terms explain themselves. */
export function WithTerms({ children }: { readonly children: string }) {
  return <Glossed>{children}</Glossed>;
}
