import type { Preset } from '../../core/network/presets/preset.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Popover } from '../../ui/overlay/Popover.tsx';
import { PresetFacts } from '../PresetFacts.tsx';

/** Props of {@link PresetAboutPopover}. */
export interface PresetAboutPopoverProps {
  readonly anchor: Element;
  readonly preset: Preset;
  /** Starts again from the preset; null where the draft does not differ from it. */
  readonly onRestart: (() => void) | null;
  readonly onClose: () => void;
}

/** What is known about a preset: its source, its figures as reported, and what the report did. */
export function PresetAboutPopover({ anchor, preset, onRestart, onClose }: PresetAboutPopoverProps) {
  return (
    <Popover className="preset-about" anchor={anchor} label="Source and figures" onClose={onClose}>
      <h2>{preset.title}</h2>
      <PresetFacts key={preset.id} preset={preset} />
      {onRestart !== null && (
        <Button variant="outline" icon="reset" onClick={onRestart}>
          Start again from this preset
        </Button>
      )}
    </Popover>
  );
}
