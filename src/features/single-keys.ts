import { createContext } from 'react';

/** Whether keys that are a single letter, digit or sign work as shortcuts. The composition root provides it. */
export const SingleKeysContext = createContext(true);
