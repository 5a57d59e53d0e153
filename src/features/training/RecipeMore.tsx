import { useState } from 'react';
import type { RuledField } from '../../core/classroom/rules.ts';
import type { DatasetSpec } from '../../core/dataset/spec.ts';
import { isAlternating } from '../../core/training/augmentation.ts';
import { defaultRecipe, type Recipe } from '../../core/training/recipe.ts';
import { recipeProblems } from '../../core/training/recipe-problems.ts';
import { part } from '../../ui/card/part.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { useDatasetSpec } from '../lab.tsx';
import { useHidden } from '../ruling.tsx';
import { useRecipe } from './recipe-fields.tsx';

const RecipePopover = part(async () => (await import('./RecipePopover.tsx')).RecipePopover, { missing: 'dialog' });

/** The rest of the recipe, behind a button that says how much of it is in use. */
export function RecipeMore() {
  const recipe = useRecipe();
  const [anchor, setAnchor] = useState<Element | null>(null);
  const dataset = useDatasetSpec();
  const used = usedOf(recipe, dataset, useHidden());
  const problem = Object.values(recipeProblems(recipe, dataset))[0];
  return (
    <div className="field">
      <span className="lab">{used === 0 ? 'Other settings' : `${used} more set`}</span>
      <Button
        variant="outline"
        icon="sliders"
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(anchor === null ? event.currentTarget : null)}
      >
        More
      </Button>
      {problem !== undefined && (
        <span className="field-error" role="alert">
          {problem}
        </span>
      )}
      {anchor !== null && <RecipePopover anchor={anchor} onClose={() => setAnchor(null)} />}
    </div>
  );
}

const SETTINGS = [
  'weightDecay',
  'clipNorm',
  'loss',
  'labelSmoothing',
  'weightAveraging',
  'classWeights',
  'labelNoise',
  'earlyStopping',
  'testTimeFlip',
] as const;

/** How many settings behind the button differ from how they start; none that is hidden. */
function usedOf(recipe: Recipe, dataset: DatasetSpec, isHidden: (field: RuledField) => boolean): number {
  const { rotation, scale, brightness } = recipe.augmentation;
  const usual = defaultRecipe(dataset);
  const used = SETTINGS.filter((field) => recipe[field] !== usual[field] && !isHidden(field));
  const isValidationSet = recipe.validateOn !== usual.validateOn && !isHidden('validation');
  const isVaried = rotation + scale + brightness > 0 || isAlternating(recipe.augmentation);
  return used.length + Number(isValidationSet) + Number(isVaried && !isHidden('augmentation'));
}
