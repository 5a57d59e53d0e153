import type { ReactNode } from 'react';
import { useTab } from './lab.tsx';

/** What changes the draft or the runs: out of use while another tab works. The page's bar says so. */
export function Locked({ children }: { readonly children: ReactNode }) {
  const isReading = useTab(({ role }) => role !== 'works');
  return (
    <div className="locked" inert={isReading}>
      {children}
    </div>
  );
}
