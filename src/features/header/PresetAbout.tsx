import { useState } from 'react';
import type { Preset } from '../../core/presets/preset.ts';
import { Button } from '../../ui/Button.tsx';
import { formatPercent } from '../../ui/format.ts';
import { Popover } from '../../ui/Popover.tsx';

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
        label="About this preset"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(anchor === null ? currentTarget : null)}
      />
      {anchor !== null && (
        <Popover className="preset-about" anchor={anchor} label="About this preset" onClose={close}>
          <h2>{preset.title}</h2>
          <p className="muted">{preset.source}</p>
          <Reported reported={preset.reported} />
          <p>{preset.note}</p>
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

/** The figures of the report; what it does not give is left out. */
function Reported({ reported }: Pick<Preset, 'reported'>) {
  const figures = [
    ['train accuracy', reported.trainAccuracy],
    ['test accuracy', reported.testAccuracy],
  ] as const;
  const given = figures.filter(([, value]) => value !== null);
  if (given.length === 0) return null;
  return (
    <dl>
      {given.map(([name, value]) => (
        <div key={name}>
          <dt>reported {name}</dt>
          <dd>{formatPercent(value ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
