import type { Preset } from '../../core/network/presets/preset.ts';
import { percentText } from '../../core/text/number-text.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Popover } from '../../ui/overlay/Popover.tsx';

/** Props of {@link PresetSource}. */
export interface PresetSourceProps {
  readonly preset: Preset;
  /** Whether the draft differs from the preset. */
  readonly edited: boolean;
  readonly onRestart: () => void;
  readonly anchor: Element;
  readonly onClose: () => void;
}

/** What is known about a preset, and a button to start again from it. */
export function PresetSource({ preset, edited, onRestart, anchor, onClose }: PresetSourceProps) {
  const restart = () => {
    onRestart();
    onClose();
  };
  return (
    <Popover className="preset-about" anchor={anchor} label="Source and figures" onClose={onClose}>
      <h2>{preset.title}</h2>
      <p className="muted">{preset.source}</p>
      <p>{preset.note}</p>
      <Reported preset={preset} />
      {edited && (
        <Button variant="outline" icon="reset" onClick={restart}>
          Start again from this preset
        </Button>
      )}
    </Popover>
  );
}

/** The figures of the report; what it does not give is left out. */
function Reported({ preset: { reported, figures } }: { readonly preset: Preset }) {
  const { trainAccuracy, testAccuracy } = reported;
  const accuracies = [
    { label: 'Train accuracy', value: trainAccuracy },
    { label: 'Test accuracy', value: testAccuracy },
  ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value: percentText(value, 2) }]));
  const given = [...accuracies, ...figures];
  if (given.length === 0) return null;
  return (
    <>
      <h3>As reported</h3>
      <dl>
        {given.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
