import type { RuledField } from '../../core/classroom/rules.ts';
import type { DatasetSpec } from '../../core/dataset/spec.ts';
import { countOf } from '../../core/text/nouns.ts';
import { briefText, countText, percentText, rateText } from '../../core/text/number-text.ts';
import { isAugmented } from '../../core/training/augmentation.ts';
import { OPTIMIZERS, type OptimizerKind } from '../../core/training/optimizers/registry.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import type { RecipeField } from '../../core/training/recipe-fields.ts';
import { recipeProblems } from '../../core/training/recipe-problems.ts';
import { SCHEDULES, type ScheduleKind } from '../../core/training/schedule.ts';
import { classNames } from '../../ui/base/class-names.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { NumberField } from '../../ui/form/NumberField.tsx';
import './recipe.css';
import { part } from '../../ui/card/part.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { TapeSlider } from '../../ui/form/TapeSlider.tsx';
import { useDataSet, useDatasetSpec, useLab } from '../lab.tsx';
import { Ruled, useHidden, useRecipeFields } from '../ruling.tsx';
import { LabelTerm } from '../terms.tsx';
import { AugmentationChips } from './AugmentationChips.tsx';
import { RecipeMore } from './RecipeMore.tsx';
import { fieldProps, labelProps, useRecipe, useRecipeSetter } from './recipe-fields.tsx';
import { useFold } from './use-fold.ts';

const RateFinder = part(async () => (await import('./RateFinder.tsx')).RateFinder, { missing: 'nothing' });

/** How the next run will be trained: the rate, the epochs and the samples; the rest is folded until it is asked for or at fault. */
export function RecipeForm() {
  const recipe = useRecipe();
  const dataset = useDatasetSpec();
  const fields = useRecipeFields();
  const isHidden = useHidden();
  const [open, setOpen] = useFold();
  const isShown = open || Object.keys(recipeProblems(recipe, dataset)).length > 0;
  return (
    <section className={classNames('recipe', isShown && 'is-open')} aria-label="Training recipe">
      <button type="button" className="recipe-sum" aria-expanded={isShown} onClick={() => setOpen(!open)}>
        <Icon name="sliders" />
        <span className="grow">{shownOf(summaryOf(recipe, dataset), isHidden).join(' · ')}</span>
        <Icon name={isShown ? 'up' : 'down'} size="sm" />
      </button>
      <div className="recipe-row r1">
        <Ruled of="learningRate">
          <LearningRateField field={fields.learningRate} rate={recipe.learningRate} />
        </Ruled>
        <Ruled of="epochs">
          <RecipeNumber field={fields.epochs} value={recipe.epochs} />
        </Ruled>
        <Ruled of="trainingImages">
          <TrainingSamplesField field={fields.trainingImages} samples={recipe.trainingImages} />
        </Ruled>
        <div className="field recipe-fold">
          <span className="lab">{shownOf(restOf(recipe), isHidden).join(', ')}</span>
          <Button
            variant="outline"
            icon={isShown ? 'up' : 'down'}
            aria-expanded={isShown}
            onClick={() => setOpen(!open)}
          >
            All settings
          </Button>
        </div>
      </div>
      {/* Folded, its fields can still be reached: whatever takes the focus there opens it. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens; the fields inside are what people use. */}
      <div className="recipe-row r2" onFocus={() => open || setOpen(true)}>
        <Ruled of="optimizer">
          <OptimizerField kind={recipe.optimizer.kind} />
        </Ruled>
        <Ruled of="schedule">
          <ScheduleField kind={recipe.schedule.kind} />
        </Ruled>
        <Ruled of="batchSize">
          <RecipeNumber field={fields.batchSize} value={recipe.batchSize} />
        </Ruled>
        <Ruled of="validation">
          <ValidationField field={fields.validationSplit} recipe={recipe} />
        </Ruled>
        {dataset.samples.kind === 'image' && (
          <Ruled of="augmentation">
            <AugmentationChips />
          </Ruled>
        )}
        <RecipeMore />
      </div>
    </section>
  );
}

const OPTIMIZER_CHOICES = Object.values(OPTIMIZERS).map(({ title, defaults }) => ({
  label: title,
  value: defaults.kind,
}));

function OptimizerField({ kind }: { readonly kind: OptimizerKind }) {
  const { draft } = useLab();
  return (
    <SelectField
      label="Optimizer"
      explanation={OPTIMIZERS[kind].explanation}
      term={<LabelTerm of="Optimizer" more={OPTIMIZERS[kind].explanation} />}
      choices={OPTIMIZER_CHOICES}
      value={kind}
      onChange={draft.setOptimizer}
    />
  );
}

const SCHEDULE_CHOICES = Object.values(SCHEDULES).map(({ title, defaults }) => ({
  label: title.toLowerCase(),
  value: defaults.kind,
}));

function ScheduleField({ kind }: { readonly kind: ScheduleKind }) {
  const set = useRecipeSetter();
  return (
    <SelectField
      label="Schedule"
      explanation={SCHEDULES[kind].explanation}
      choices={SCHEDULE_CHOICES}
      value={kind}
      onChange={(chosen) => set({ schedule: SCHEDULES[chosen].defaults }, 'schedule')}
    />
  );
}

function useNumberSetter({ option, label }: RecipeField) {
  const set = useRecipeSetter();
  return (value: number) => set({ [option]: value }, label);
}

function RecipeNumber({ field, value }: { readonly field: RecipeField; readonly value: number }) {
  return <NumberField {...fieldProps(field)} value={value} onChange={useNumberSetter(field)} />;
}

const RATE_TICKS = [1e-5, 1e-4, 1e-3, 0.01, 0.1, 1].map((value) => ({ value, label: briefText(value) }));

const USUAL_RATES = { min: 1e-5, max: 1 };

function LearningRateField({ field, rate }: { readonly field: RecipeField; readonly rate: number }) {
  return (
    <TapeSlider
      {...fieldProps(field)}
      kind="log"
      tool={<RateFinder />}
      usual={USUAL_RATES}
      ticks={RATE_TICKS}
      format={rateText}
      value={rate}
      onChange={useNumberSetter(field)}
    />
  );
}

function TrainingSamplesField({ field, samples }: { readonly field: RecipeField; readonly samples: number }) {
  const arrived = useDataSet((data) => data.trainingImages);
  return (
    <TapeSlider
      {...fieldProps(field)}
      kind="log"
      ticks={powersOfTen(field)}
      format={countText}
      buffered={arrived}
      value={samples}
      onChange={useNumberSetter(field)}
    />
  );
}

/** Marks at the powers of ten of a range, and at its end. */
function powersOfTen({ min, max }: RecipeField) {
  const powers = [10, 100, 1000, 10_000, 100_000].filter((power) => power >= min && power <= max / 2);
  return [...powers, max].map((value) => ({
    value,
    label: value < 1000 ? String(value) : `${countText(value / 1000)}k`,
  }));
}

function ValidationField({ field, recipe }: { readonly field: RecipeField; readonly recipe: Recipe }) {
  const share = recipe.validationSplit;
  const shares = field.steps.includes(share) ? field.steps : [...field.steps, share];
  return (
    <SelectField
      {...labelProps(field)}
      choices={shares.map((value) => ({ value, label: value === 0 ? 'none' : percentText(value, 0) }))}
      value={share}
      disabled={recipe.validateOn === 'test'}
      onChange={useNumberSetter(field)}
    />
  );
}

/** What a summary says of a field. */
type Part = readonly [field: RuledField, text: string];

function shownOf(parts: readonly Part[], isHidden: (field: RuledField) => boolean): readonly string[] {
  return parts.filter(([field]) => !isHidden(field)).map(([, text]) => text);
}

/** What the folded part says, as far as there is room. */
function restOf({ optimizer, batchSize }: Recipe): readonly Part[] {
  return [
    ['optimizer', OPTIMIZERS[optimizer.kind].title],
    ['batchSize', `batch ${batchSize}`],
  ];
}

/** The recipe in one line, for phones. */
function summaryOf(recipe: Recipe, { samples, words }: DatasetSpec): readonly Part[] {
  const { optimizer, learningRate, batchSize, trainingImages, epochs, augmentation } = recipe;
  const augmented = isAugmented(augmentation) ? 'augmented' : 'no augmentation';
  const parts: readonly Part[] = [
    ['optimizer', OPTIMIZERS[optimizer.kind].title],
    ['learningRate', `lr ${rateText(learningRate)}`],
    ['batchSize', `batch ${batchSize}`],
    ['epochs', `${epochs} epochs`],
    ['trainingImages', countOf(trainingImages, words.sample)],
    ['augmentation', augmented],
  ];
  return samples.kind === 'image' ? parts : parts.slice(0, -1);
}
