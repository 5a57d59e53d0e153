import { PRESETS, presetById } from '../../core/presets/catalogue.ts';
import type { Preset } from '../../core/presets/preset.ts';
import { isEdited } from '../../state/draft.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useDraft, useLab } from '../lab.tsx';
import { PresetAbout } from './PresetAbout.tsx';
import './header.css';

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
          {[...groupsOf(PRESETS)].map(([author, presets]) => (
            <optgroup key={author} label={author}>
              {presets.map(({ id: value, title }) => (
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

/** Presets by the author and the year at the front of their titles. */
function groupsOf(presets: readonly Preset[]): ReadonlyMap<string, readonly Preset[]> {
  const groups = new Map<string, readonly Preset[]>();
  for (const preset of presets) {
    const [author = ''] = preset.title.split(' · ');
    groups.set(author, [...(groups.get(author) ?? []), preset]);
  }
  return groups;
}
