import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Installation, NOTHING_KNOWN } from '../state/installation.ts';

/** What the browser keeps of the app. It is one browser, so there is one store; the page writes it. */
export const InstallationContext = createContext<StoreApi<Installation>>(createStore(() => NOTHING_KNOWN));

/** What the browser keeps of the app. */
export function useInstallation(): Installation {
  return useStore(useContext(InstallationContext));
}
