import { useState } from 'react';
import type { Preset } from '../../core/network/presets/preset.ts';
import { part } from '../../ui/card/part.tsx';
import { Button } from '../../ui/form/Button.tsx';

const PresetAboutPopover = part(async () => (await import('./PresetAboutPopover.tsx')).PresetAboutPopover, {
  missing: 'dialog',
});

/** Props of {@link PresetAbout}. */
export interface PresetAboutProps {
  readonly preset: Preset;
  /** Whether the draft differs from the preset. */
  readonly edited: boolean;
  readonly onRestart: () => void;
}

/** A button that opens what is known about a preset. */
export function PresetAbout({ preset, edited, onRestart }: PresetAboutProps) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const close = () => setAnchor(null);
  const restart = () => {
    onRestart();
    close();
  };
  return (
    <>
      <Button
        variant="quiet"
        icon="info"
        label="Source and figures"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(anchor === null ? currentTarget : null)}
      />
      {anchor !== null && (
        <PresetAboutPopover anchor={anchor} preset={preset} onRestart={edited ? restart : null} onClose={close} />
      )}
    </>
  );
}
