import { PRESETS, presetById } from '../../core/network/presets/catalogue.ts';
import { isEdited } from '../../state/draft.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { useDraft, useLab } from '../lab.tsx';
import { PresetAbout } from './PresetAbout.tsx';
import './header.css';

const GROUPS = [...new Set(PRESETS.map(({ group }) => group))];

/** Chooses the network and the recipe to begin with; what was there before stays in Undo. */
export function PresetPicker() {
  const { draft } = useLab();
  const id = useDraft(({ presetId }) => presetId);
  const preset = presetById(id);
  const edited = useDraft((state) => preset !== undefined && isEdited(state, preset));
  const choose = (chosen: string) => {
    const next = presetById(chosen);
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
        <select aria-label="Preset" value={id} onChange={(event) => choose(event.target.value)}>
          {GROUPS.map((group) => (
            <optgroup key={group} label={group}>
              {PRESETS.filter((each) => each.group === group).map(({ id: value, title }) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </span>
      {preset && <PresetAbout preset={preset} edited={edited} onRestart={() => draft.choose(preset)} />}
    </>
  );
}
