import { useState } from 'react';
import type { Preset } from '../../core/network/presets/preset.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Popover } from '../../ui/overlay/Popover.tsx';
import { PresetFacts } from '../PresetFacts.tsx';

/** Props of {@link PresetAbout}. */
export interface PresetAboutProps {
  readonly preset: Preset;
  /** Whether the draft differs from the preset. */
  readonly edited: boolean;
  readonly onRestart: () => void;
}

/** A button that opens what is known about a preset: its source, its figures as reported, and what the report did. */
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
        <Popover className="preset-about" anchor={anchor} label="Source and figures" onClose={close}>
          <h2>{preset.title}</h2>
          <PresetFacts key={preset.id} preset={preset} />
          {edited && (
            <Button variant="outline" icon="reset" onClick={restart}>
              Start again from this preset
            </Button>
          )}
        </Popover>
      )}
    </>
  );
}
