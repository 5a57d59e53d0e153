import type { ComponentType, ReactNode } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RuledField, Rules } from '../core/classroom/rules.ts';
import { type RecipeFields, recipeFields } from '../core/training/recipe-fields.ts';
import type { Setup } from '../core/training/setup.ts';
import { useDatasetSpec } from './lab.tsx';

/** Props of what stands around a field of the recipe. */
export interface RuledProps {
  readonly of: RuledField;
  readonly children: ReactNode;
}

/** What an assignment makes of the network and of the fields of the recipe. */
export interface Ruling {
  readonly rules: Rules;
  /** Stands around a field. */
  readonly Field: ComponentType<RuledProps>;
  /** How far the numbers go. */
  limited(fields: RecipeFields): RecipeFields;
  /** How many epochs a run may have. */
  readonly mostEpochs: number;
  /** Why no layer can be edited, as a sentence; null where they can. */
  readonly networkNote: string | null;
  /** Whether the draft can become this. */
  allows(setup: Setup): boolean;
}

/** Every field is free. */
export const FREE: Ruling = {
  rules: new Map(),
  Field: ({ children }) => children,
  limited: (fields) => fields,
  mostEpochs: Number.POSITIVE_INFINITY,
  networkNote: null,
  allows: () => true,
};

/** The ruling that holds now; there is one form on a page. */
export const RULING = createStore(() => FREE);

/** A field of the recipe, as the assignment that is open has it. */
export function Ruled(props: RuledProps) {
  const { Field } = useRuling();
  return <Field {...props} />;
}

/** What the assignment that is open makes of the network and the recipe. */
export function useRuling(): Ruling {
  return useStore(RULING);
}

/** Which fields the assignment that is open hides: no summary says them either. */
export function useHidden(): (field: RuledField) => boolean {
  const { rules } = useRuling();
  return (field) => rules.get(field)?.kind === 'hidden';
}

/** The recipe's numbers, as far as the assignment that is open lets them go. */
export function useRecipeFields(): RecipeFields {
  return useRuling().limited(recipeFields(useDatasetSpec()));
}
