import { recipeFields } from '../../core/training/recipe-fields.ts';
import { newSeed } from '../../state/seed.ts';
import { Button } from '../../ui/form/Button.tsx';
import { NumberInput } from '../../ui/form/NumberField.tsx';
import { useNumberText } from '../../ui/form/use-number-text.ts';
import { useDatasetSpec, useDraft, useLab } from '../lab.tsx';
import { Ruled } from '../ruling.tsx';
import { LabelTerm } from '../terms.tsx';

/** The seed of all randomness, and a die for a new one. */
export function SeedField() {
  const { draft } = useLab();
  const { label, min, max, explanation } = recipeFields(useDatasetSpec()).seed;
  const seed = useDraft(({ recipe }) => recipe.seed);
  const setSeed = (value: number) => draft.setRecipe({ seed: value }, 'change seed');
  const options = { value: seed, onChange: setSeed, min, max, integer: true };
  const number = useNumberText(options);
  return (
    <Ruled of="seed">
      <span className="seed">
        <span className="term-host">
          <label htmlFor="seed">{label}</label>
          <LabelTerm of="Seed" more={explanation} />
        </span>
        <NumberInput id="seed" number={number} options={options} describedBy={number.error && 'seed-error'} />
        {number.error !== undefined && (
          <span className="field-error" id="seed-error" role="alert">
            {number.error}
          </span>
        )}
      </span>
      <Button
        className="hide-phone"
        variant="quiet"
        icon="dice"
        label="New random seed"
        onClick={() => setSeed(newSeed())}
      />
    </Ruled>
  );
}
