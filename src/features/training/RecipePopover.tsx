import type { ReactNode } from 'react';
import type { DatasetSpec } from '../../core/dataset/spec.ts';
import { ALTERNATE_EXPLANATION, AUGMENTATION_FIELDS } from '../../core/training/augmentation.ts';
import { OPTIMIZERS } from '../../core/training/optimizers/registry.ts';
import {
  CLASS_WEIGHTS,
  DEFAULT_EARLY_STOPPING,
  type Recipe,
  weightDecayOf,
  withWeightDecay,
} from '../../core/training/recipe.ts';
import { classWeightChoices, lossesFor, validationSets } from '../../core/training/recipe-choices.ts';
import {
  PATIENCE_FIELD,
  RESTORE_BEST_EXPLANATION,
  TEST_TIME_FLIP_EXPLANATION,
} from '../../core/training/recipe-fields.ts';
import { SCHEDULES } from '../../core/training/schedule.ts';
import { flipExplanationOf } from '../../datasets/capabilities.ts';
import { shippedDataset } from '../../datasets/catalogue.ts';
import { Button } from '../../ui/form/Button.tsx';
import { NumberField } from '../../ui/form/NumberField.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { Switch } from '../../ui/form/Toggle.tsx';
import { Popover } from '../../ui/overlay/Popover.tsx';
import { useDatasetSpec } from '../lab.tsx';
import { Ruled, useRecipeFields } from '../ruling.tsx';
import { WithTerms } from '../terms.tsx';
import { AugmentationPreview } from './AugmentationPreview.tsx';
import { fieldProps, OptionFields, useRecipe, useRecipeSetter } from './recipe-fields.tsx';
import { ScheduleCurve } from './ScheduleCurve.tsx';

/** Props of {@link RecipePopover}. */
export interface RecipePopoverProps {
  readonly anchor: Element;
  readonly onClose: () => void;
}

/** Every setting of the recipe that the form does not show. */
export function RecipePopover({ anchor, onClose }: RecipePopoverProps) {
  const dataset = useDatasetSpec();
  const recipe = useRecipe();
  return (
    <Popover className="recipe-more" anchor={anchor} label="More settings of the recipe" onClose={onClose}>
      <OptimizerGroup recipe={recipe} />
      <LossGroup recipe={recipe} />
      <StoppingGroup recipe={recipe} />
      {dataset.samples.kind === 'image' && <AugmentationGroup recipe={recipe} />}
      {/* On a phone hardly anything is left outside of it to press, and there is no Escape. */}
      <Button className="recipe-done" variant="outline" onClick={onClose}>
        Done
      </Button>
    </Popover>
  );
}

interface GroupProps {
  readonly recipe: Recipe;
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="recipe-group">
      <h3>
        <WithTerms>{title}</WithTerms>
      </h3>
      <div className="recipe-fields">{children}</div>
    </section>
  );
}

function OptimizerGroup({ recipe }: GroupProps) {
  const set = useRecipeSetter();
  const { optimizer, schedule, clipNorm } = recipe;
  const fields = useRecipeFields();
  return (
    <Group title="Steps">
      <Ruled of="optimizer">
        <OptionFields
          fields={OPTIMIZERS[optimizer.kind].fields}
          options={optimizer}
          onChange={(next, label) => set({ optimizer: next }, label)}
        />
      </Ruled>
      <Ruled of="weightDecay">
        <NumberField
          {...fieldProps(fields.weightDecay)}
          value={weightDecayOf(recipe)}
          onChange={(decay) => set(withWeightDecay(recipe, decay), 'weight decay')}
        />
      </Ruled>
      <Ruled of="clipNorm">
        <NumberField
          {...fieldProps(fields.clipNorm)}
          min={0}
          steps={[0, ...fields.clipNorm.steps]}
          value={clipNorm ?? 0}
          format={(norm) => (norm === 0 ? 'off' : String(norm))}
          onChange={(norm) => set({ clipNorm: norm === 0 ? null : norm }, 'clip gradient')}
        />
      </Ruled>
      <Ruled of="weightAveraging">
        <NumberField
          {...fieldProps(fields.weightAveraging)}
          value={recipe.weightAveraging}
          format={(share) => (share === 0 ? 'off' : String(share))}
          onChange={(weightAveraging) => set({ weightAveraging }, 'average weights')}
        />
      </Ruled>
      <Ruled of="schedule">
        <OptionFields
          fields={SCHEDULES[schedule.kind].fields}
          options={schedule}
          onChange={(next, label) => set({ schedule: next }, label)}
        />
      </Ruled>
      <ScheduleCurve recipe={recipe} />
    </Group>
  );
}

/** What to validate on; the test set by the name of who did so before. */
function validationChoices(dataset: DatasetSpec) {
  const { split, test } = validationSets(dataset);
  const before = shippedDataset(dataset)?.validatedOnTest ?? null;
  return [
    { value: 'split', label: split.title },
    { value: 'test', label: before === null ? test.title : `${test.title}, as ${before} did` },
  ] as const;
}

function LossGroup({ recipe }: GroupProps) {
  const set = useRecipeSetter();
  const dataset = useDatasetSpec();
  const fields = useRecipeFields();
  const losses = lossesFor(dataset);
  const weights = classWeightChoices(dataset);
  return (
    <Group title="Loss and labels">
      <Ruled of="loss">
        <SelectField
          className="wide"
          label="Loss"
          explanation={losses.find(([name]) => name === recipe.loss)?.[1].explanation}
          choices={losses.map(([value, { title }]) => ({ value, label: title }))}
          value={recipe.loss}
          onChange={(loss) => set({ loss }, 'loss')}
        />
      </Ruled>
      <Ruled of="classWeights">
        <SelectField
          label="Class weights"
          explanation={weights[recipe.classWeights].explanation}
          choices={CLASS_WEIGHTS.map((value) => ({ value, label: weights[value].title }))}
          value={recipe.classWeights}
          onChange={(classWeights) => set({ classWeights }, 'class weights')}
        />
      </Ruled>
      <Ruled of="labelSmoothing">
        <NumberField
          {...fieldProps(fields.labelSmoothing)}
          value={recipe.labelSmoothing}
          onChange={(labelSmoothing) => set({ labelSmoothing }, 'label smoothing')}
        />
      </Ruled>
      <Ruled of="labelNoise">
        <NumberField
          {...fieldProps(fields.labelNoise)}
          value={recipe.labelNoise}
          onChange={(labelNoise) => set({ labelNoise }, 'label noise')}
        />
      </Ruled>
    </Group>
  );
}

function StoppingGroup({ recipe }: GroupProps) {
  const set = useRecipeSetter();
  const { earlyStopping, validateOn } = recipe;
  const dataset = useDatasetSpec();
  const sets = validationSets(dataset);
  return (
    <Group title="Validation and early stopping">
      <Ruled of="validation">
        <SelectField
          className="wide"
          label="Validate on"
          explanation={sets[validateOn].explanation}
          choices={validationChoices(dataset)}
          value={validateOn}
          onChange={(chosen) => set({ validateOn: chosen }, 'validation')}
        />
      </Ruled>
      {validateOn === 'test' && <p className="recipe-warning">{sets.test.explanation}</p>}
      <Ruled of="earlyStopping">
        <Switch
          on={earlyStopping !== null}
          onChange={(on) => set({ earlyStopping: on ? DEFAULT_EARLY_STOPPING : null }, 'early stopping')}
        >
          Stop early
        </Switch>
        {earlyStopping !== null && (
          <>
            <NumberField
              {...fieldProps(PATIENCE_FIELD)}
              value={earlyStopping.patience}
              onChange={(patience) => set({ earlyStopping: { ...earlyStopping, patience } }, 'patience')}
            />
            <span title={RESTORE_BEST_EXPLANATION}>
              <Switch
                on={earlyStopping.restoreBest}
                onChange={(restoreBest) => set({ earlyStopping: { ...earlyStopping, restoreBest } }, 'best weights')}
              >
                Best weights
              </Switch>
            </span>
          </>
        )}
      </Ruled>
    </Group>
  );
}

function TestTimeSwitch({ recipe: { testTimeFlip } }: GroupProps) {
  const set = useRecipeSetter();
  return (
    <Ruled of="testTimeFlip">
      <span title={TEST_TIME_FLIP_EXPLANATION}>
        <Switch on={testTimeFlip} onChange={(on) => set({ testTimeFlip: on }, 'test-time flip')}>
          Test-time flip
        </Switch>
      </span>
    </Ruled>
  );
}

function AugmentationGroup({ recipe }: GroupProps) {
  const { augmentation, seed } = recipe;
  const dataset = useDatasetSpec();
  const { sample } = dataset.words;
  const set = useRecipeSetter();
  return (
    <Group title={`Augmentation: every ${sample.one} slightly different each time`}>
      <Ruled of="augmentation">
        <span title={flipExplanationOf(dataset)}>
          <Switch on={augmentation.flip} onChange={(flip) => set({ augmentation: { ...augmentation, flip } }, 'flip')}>
            Flip
          </Switch>
        </span>
        {augmentation.flip && (
          <span title={ALTERNATE_EXPLANATION}>
            <Switch
              on={augmentation.alternate}
              onChange={(alternate) => set({ augmentation: { ...augmentation, alternate } }, 'alternating flip')}
            >
              Alternating
            </Switch>
          </span>
        )}
        <OptionFields
          fields={AUGMENTATION_FIELDS}
          options={augmentation}
          onChange={(next, label) => set({ augmentation: next }, label)}
        />
      </Ruled>
      <TestTimeSwitch recipe={recipe} />
      <AugmentationPreview spec={augmentation} seed={seed} />
    </Group>
  );
}
