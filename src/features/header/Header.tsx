import { lazy, type ReactNode, Suspense } from 'react';
import { Mark } from '../../ui/base/Mark.tsx';
import { Locked } from '../Locked.tsx';
import { BackendChip } from './BackendChip.tsx';
import { DataSetChip } from './DataSetChip.tsx';
import { PresetPicker } from './PresetPicker.tsx';
import { ThemeButton } from './ThemeButton.tsx';

const StorageChip = lazy(() => import('./StorageChip.tsx').then((module) => ({ default: module.StorageChip })));

/** The line above the columns: the preset, the data set, the device, and the theme; the page puts in tools of its own. */
export function Header({ tools }: { readonly tools: ReactNode }) {
  return (
    <header className="top">
      <h1 className="brand">
        <Mark />
        <span>Fitting Room</span>
      </h1>
      <i className="rule" aria-hidden="true" />
      <Locked>
        <PresetPicker />
      </Locked>
      <span className="grow" />
      <DataSetChip />
      <BackendChip />
      <Suspense fallback={null}>
        <StorageChip />
      </Suspense>
      <i className="rule" aria-hidden="true" />
      {tools}
      <ThemeButton />
    </header>
  );
}
