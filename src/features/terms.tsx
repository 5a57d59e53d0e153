import { lazy, Suspense } from 'react';

const GlossaryTerm = lazy(() => import('./glossary-terms.tsx').then((module) => ({ default: module.GlossaryTerm })));
const GlossaryText = lazy(() => import('./glossary-terms.tsx').then((module) => ({ default: module.GlossaryText })));

/** Props of {@link Term}. */
export interface TermProps {
  /** The term or one of its forms, where the word itself is none. */
  readonly of?: string;
  readonly children: string;
}

/** A word that explains itself; plain until the explanations are loaded. */
export function Term({ of, children }: TermProps) {
  return (
    <Suspense fallback={children}>
      <GlossaryTerm of={of ?? children}>{children}</GlossaryTerm>
    </Suspense>
  );
}

/** The explanation of the word before it, such as the label of a field, over which it lies. */
export function LabelTerm({ of, more }: { readonly of: string; readonly more?: string | undefined }) {
  return (
    <Suspense fallback={null}>
      <GlossaryTerm of={of} more={more} over>
        {`Explain ${of.toLowerCase()}`}
      </GlossaryTerm>
    </Suspense>
  );
}

/** A sentence whose terms explain themselves. */
export function WithTerms({ children }: { readonly children: string }) {
  return (
    <Suspense fallback={children}>
      <GlossaryText>{children}</GlossaryText>
    </Suspense>
  );
}
