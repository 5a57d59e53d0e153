import type { ReactNode } from 'react';
import { Mark } from '../../ui/base/Mark.tsx';
import { part } from '../../ui/card/part.tsx';
import { useHasRoom } from '../header-tool.ts';
import { Locked } from '../Locked.tsx';
import { BackendChip } from './BackendChip.tsx';
import { PresetPicker } from './PresetPicker.tsx';
import { SystemTheme, ThemeButton } from './ThemeButton.tsx';

const StorageChip = part(async () => (await import('./StorageChip.tsx')).StorageChip, { missing: 'nothing' });

/** Props of {@link Header}. */
export interface HeaderProps {
  /** The data set that is open. */
  readonly data: ReactNode;
  /** Tools of the page. */
  readonly tools: ReactNode;
}

/** The line above the columns: the preset, the device and the theme; the page puts in the data set and tools of its own. */
export function Header({ data, tools }: HeaderProps) {
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
      {data}
      <BackendChip />
      <StorageChip />
      <i className="rule" aria-hidden="true" />
      {tools}
      {useHasRoom() ? <ThemeButton /> : <SystemTheme />}
    </header>
  );
}
