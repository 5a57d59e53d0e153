import type { AugmentationSpec } from '../../core/training/augmentation.ts';
import { Chip } from '../../ui/form/Toggle.tsx';
import { Term } from '../terms.tsx';
import { useRecipe, useRecipeSetter } from './recipe-fields.tsx';

/** What each chip switches on; the details are under More. */
const CHIPS: readonly {
  readonly label: string;
  readonly isOn: (spec: AugmentationSpec) => boolean;
  readonly on: Partial<AugmentationSpec>;
  readonly off: Partial<AugmentationSpec>;
}[] = [
  { label: 'Flip', isOn: ({ flip }) => flip, on: { flip: true }, off: { flip: false } },
  { label: 'Shift', isOn: ({ shift }) => shift > 0, on: { shift: 2 }, off: { shift: 0 } },
  { label: 'Erase', isOn: ({ erase }) => erase > 0, on: { erase: 0.5 }, off: { erase: 0 } },
];

/** The three usual augmentations, each a switch. */
export function AugmentationChips() {
  const { augmentation } = useRecipe();
  const set = useRecipeSetter();
  return (
    <fieldset className="field chip-field">
      <legend className="lab">
        <Term>Augmentation</Term>
      </legend>
      <div className="chips">
        {CHIPS.map(({ label, isOn, on, off }) => (
          <Chip
            key={label}
            on={isOn(augmentation)}
            onChange={(next) => set({ augmentation: { ...augmentation, ...(next ? on : off) } }, label)}
          >
            {label}
          </Chip>
        ))}
      </div>
    </fieldset>
  );
}
