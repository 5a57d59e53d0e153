import { createContext } from 'react';

/** Opens the list of all terms at one of them. The composition root provides it. */
export const TermListContext = createContext<(term: string) => void>(() => undefined);
