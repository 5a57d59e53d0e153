import { useState } from 'react';
import { briefText, countText, percentText, rateText } from '../../core/text/number-text.ts';
import { isAugmented } from '../../core/training/augmentation.ts';
import { OPTIMIZERS, type OptimizerKind } from '../../core/training/optimizers/registry.ts';
import { RECIPE_FIELDS, type Recipe, type RecipeField } from '../../core/training/recipe.ts';
import { SCHEDULES, type ScheduleKind } from '../../core/training/schedule.ts';
import { classNames } from '../../ui/base/class-names.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { NumberField } from '../../ui/form/NumberField.tsx';
import './recipe.css';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { TapeSlider } from '../../ui/form/TapeSlider.tsx';
import { useDataSet, useLab } from '../lab.tsx';
import { AugmentationChips } from './AugmentationChips.tsx';
import { RecipeMore } from './RecipeMore.tsx';
import { fieldProps, useRecipe, useRecipeSetter } from './recipe-fields.tsx';

/** How the next run will be trained. */
export function RecipeForm() {
  const recipe = useRecipe();
  const [open, setOpen] = useState(false);
  return (
    <section className={classNames('recipe', open && 'is-open')} aria-label="Training recipe">
      <button type="button" className="recipe-sum" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="sliders" />
        <span className="grow">{summaryOf(recipe)}</span>
        <Icon name="down" size="sm" />
      </button>
      <div className="recipe-row r1">
        <OptimizerField kind={recipe.optimizer.kind} />
        <LearningRateField rate={recipe.learningRate} />
        <ScheduleField kind={recipe.schedule.kind} />
        <RecipeNumber field={RECIPE_FIELDS.batchSize} value={recipe.batchSize} />
        <RecipeNumber field={RECIPE_FIELDS.epochs} value={recipe.epochs} />
      </div>
      <div className="recipe-row r2">
        <TrainingImagesField images={recipe.trainingImages} />
        <ValidationField recipe={recipe} />
        <AugmentationChips />
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

function LearningRateField({ rate }: { readonly rate: number }) {
  const field = RECIPE_FIELDS.learningRate;
  return (
    <TapeSlider
      {...fieldProps(field)}
      kind="log"
      usual={USUAL_RATES}
      ticks={RATE_TICKS}
      format={rateText}
      value={rate}
      onChange={useNumberSetter(field)}
    />
  );
}

const IMAGE_TICKS = [
  { value: 100, label: '100' },
  { value: 1000, label: '1k' },
  { value: 10_000, label: '10k' },
  { value: 60_000, label: '60k' },
];

function TrainingImagesField({ images }: { readonly images: number }) {
  const field = RECIPE_FIELDS.trainingImages;
  const arrived = useDataSet((data) => data.trainingImages);
  return (
    <TapeSlider
      {...fieldProps(field)}
      kind="log"
      ticks={IMAGE_TICKS}
      format={countText}
      buffered={arrived}
      value={images}
      onChange={useNumberSetter(field)}
    />
  );
}

function ValidationField({ recipe }: { readonly recipe: Recipe }) {
  const field = RECIPE_FIELDS.validationSplit;
  const share = recipe.validationSplit;
  const shares = field.steps.includes(share) ? field.steps : [...field.steps, share];
  return (
    <SelectField
      label={field.label}
      explanation={field.explanation}
      choices={shares.map((value) => ({ value, label: value === 0 ? 'none' : percentText(value, 0) }))}
      value={share}
      disabled={recipe.validateOn === 'test'}
      onChange={useNumberSetter(field)}
    />
  );
}

/** The recipe in one line, for phones. */
function summaryOf({ optimizer, learningRate, batchSize, trainingImages, epochs, augmentation }: Recipe): string {
  const parts = [
    OPTIMIZERS[optimizer.kind].title,
    `lr ${rateText(learningRate)}`,
    `batch ${batchSize}`,
    `${epochs} epochs`,
    `${countText(trainingImages)} images`,
    isAugmented(augmentation) ? 'augmented' : 'no augmentation',
  ];
  return parts.join(' · ');
}
