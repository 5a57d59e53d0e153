import { lazy, Suspense } from 'react';

const Glossed = lazy(() => import('./glossary-terms.tsx').then((module) => ({ default: module.Glossed })));

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
      <Glossed of={of ?? children}>{children}</Glossed>
    </Suspense>
  );
}

/** The explanation of the word before it, such as the label of a field, over which it lies. */
export function LabelTerm({ of, more }: { readonly of: string; readonly more?: string | undefined }) {
  return (
    <Suspense fallback={null}>
      <Glossed of={of} more={more} over>
        {`Explain ${of.toLowerCase()}`}
      </Glossed>
    </Suspense>
  );
}

/** A sentence whose terms explain themselves. */
export function WithTerms({ children }: { readonly children: string }) {
  return (
    <Suspense fallback={children}>
      <Glossed>{children}</Glossed>
    </Suspense>
  );
}
