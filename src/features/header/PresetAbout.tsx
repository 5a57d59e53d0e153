import type { Preset } from '../../core/network/presets/preset.ts';
import { part } from '../../ui/card/part.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { closeTool, openTool, useHasRoom, useTool } from '../header-tool.ts';

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
  const anchor = useTool('about');
  const hasRoom = useHasRoom();
  const restart = () => {
    onRestart();
    closeTool();
  };
  return (
    <>
      {hasRoom && (
        <Button
          variant="quiet"
          icon="info"
          label="Source and figures"
          aria-haspopup="dialog"
          aria-expanded={anchor !== null}
          onClick={({ currentTarget }) => (anchor === null ? openTool('about', currentTarget) : closeTool())}
        />
      )}
      {anchor !== null && (
        <PresetAboutPopover anchor={anchor} preset={preset} onRestart={edited ? restart : null} onClose={closeTool} />
      )}
    </>
  );
}
