import type { ComponentType, ReactNode } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RuledField, Rules } from '../core/classroom/rules.ts';
import { type RecipeFields, recipeFields } from '../core/training/recipe-fields.ts';
import { useDatasetSpec } from './lab.tsx';

/** Props of what stands around a field of the recipe. */
export interface RuledProps {
  readonly of: RuledField;
  readonly children: ReactNode;
}

/** What an assignment makes of the fields of the recipe. */
export interface Ruling {
  readonly rules: Rules;
  /** Stands around a field. */
  readonly Field: ComponentType<RuledProps>;
  /** How far the numbers go. */
  limited(fields: RecipeFields): RecipeFields;
}

/** Every field is free. */
export const FREE: Ruling = { rules: new Map(), Field: ({ children }) => children, limited: (fields) => fields };

/** The ruling that holds now; there is one form on a page. */
export const RULING = createStore(() => FREE);

/** A field of the recipe, as the assignment that is open has it. */
export function Ruled(props: RuledProps) {
  const { Field } = useStore(RULING);
  return <Field {...props} />;
}

/** The recipe's numbers, as far as the assignment that is open lets them go. */
export function useRecipeFields(): RecipeFields {
  return useStore(RULING).limited(recipeFields(useDatasetSpec()));
}
