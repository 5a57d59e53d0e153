import { RECIPE_FIELDS } from '../../core/recipe.ts';
import { Button } from '../../ui/Button.tsx';
import { NumberInput } from '../../ui/NumberField.tsx';
import { useNumberText } from '../../ui/use-number-text.ts';
import { useDraft, useLab } from '../lab.tsx';

const { label, min, max, explanation } = RECIPE_FIELDS.seed;

/** New seeds have at most this many values: short enough to read out to a class. */
const SEEDS = 10_000;

/** Where all chance comes from, and a die for a new one. */
export function SeedField() {
  const { draft } = useLab();
  const seed = useDraft(({ recipe }) => recipe.seed);
  const setSeed = (value: number) => draft.setRecipe({ seed: value }, 'change seed');
  const options = { value: seed, onChange: setSeed, min, max, integer: true };
  const number = useNumberText(options);
  const roll = () => setSeed(crypto.getRandomValues(new Uint32Array(1)).reduce((_, random) => random % SEEDS, 0));
  return (
    <>
      <span className="seed">
        <label htmlFor="seed" title={explanation}>
          {label}
        </label>
        <NumberInput id="seed" number={number} options={options} describedBy={number.error && 'seed-error'} />
        {number.error !== undefined && (
          <span className="field-error" id="seed-error" role="alert">
            {number.error}
          </span>
        )}
      </span>
      <Button className="hide-phone" variant="quiet" icon="dice" label="New random seed" onClick={roll} />
    </>
  );
}
