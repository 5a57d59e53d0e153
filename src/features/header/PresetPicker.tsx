import { presetById, presetsFor } from '../../datasets/catalogue.ts';
import { isEdited } from '../../state/draft.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { useDatasetSpec, useDraft, useLab } from '../lab.tsx';
import { useRuling } from '../ruling.tsx';
import { PresetAbout } from './PresetAbout.tsx';
import './header.css';

/** Chooses the network and the recipe to begin with, among those for the draft's data set; what was there before stays in Undo. */
export function PresetPicker() {
  const { draft } = useLab();
  const dataset = useDatasetSpec();
  const id = useDraft(({ presetId }) => presetId);
  const presets = presetsFor(dataset);
  const groups = [...new Set(presets.map(({ group }) => group))];
  const preset = presetById(dataset, id);
  const { networkNote } = useRuling();
  const edited = useDraft((state) => preset !== undefined && isEdited(state, preset));
  const choose = (chosen: string) => {
    const next = presetById(dataset, chosen);
    if (next !== undefined) draft.choose(next);
  };
  return (
    <>
      <span className="picker preset">
        {/* The visible words stand behind a transparent select, so that the picker is as wide as what it says. */}
        <span aria-hidden="true">
          {preset?.title} {edited && <small>edited</small>}
        </span>
        <Icon name="down" />
        <select
          aria-label="Preset"
          disabled={networkNote !== null}
          title={networkNote ?? undefined}
          value={id}
          onChange={(event) => choose(event.target.value)}
        >
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {presets
                .filter((each) => each.group === group)
                .map(({ id: value, title }) => (
                  <option key={value} value={value}>
                    {title}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </span>
      {preset && (
        <PresetAbout preset={preset} edited={edited && networkNote === null} onRestart={() => draft.choose(preset)} />
      )}
    </>
  );
}
