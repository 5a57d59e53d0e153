import { classCountOf, type DatasetSpec } from '../dataset/spec.ts';
import { capitalised, countWord } from '../text/count-words.ts';
import { LOSS_TITLES, lossNames } from './losses.ts';
import type { ClassWeights, Loss, ValidateOn } from './recipe.ts';

/** A choice among a few words, for the form. */
export interface Choice {
  readonly title: string;
  /** One sentence for a student. */
  readonly explanation: string;
}

/** One sentence for a student on each loss that can be chosen for a data set, in the order of the picker. */
export function lossesFor(dataset: DatasetSpec): readonly (readonly [Loss, Choice])[] {
  const classes = classCountOf(dataset);
  const explanations = {
    categoricalCrossentropy:
      'High when the network gives the right class a low probability; the usual loss for classification.',
    ...(classes === 2 && {
      binaryCrossentropy: 'High when a single sigmoid unit gives the right one of two classes a low probability.',
    }),
    meanSquaredError: `Penalises the squared distance of the ${countWord(classes)} outputs from 0 and 1; here for comparison, because it hardly corrects confident mistakes.`,
  };
  return lossNames(dataset).flatMap((name) => {
    const explanation = explanations[name];
    return explanation === undefined ? [] : [[name, { title: LOSS_TITLES[name], explanation }] as const];
  });
}

/** How much the samples of each class may count, in the order of the picker. */
export function classWeightChoices({ words: { sample } }: DatasetSpec): { readonly [Name in ClassWeights]: Choice } {
  return {
    none: { title: 'None', explanation: `Every ${sample.one} counts the same, so a rare class has little influence.` },
    balanced: {
      title: 'Balanced',
      explanation: `The rarer a class, the more each ${sample.one} of it counts in the training loss, so that all classes have the same weight: rare ones are found more often, with more false alarms. The validation loss stays unweighted.`,
    },
  };
}

/** What to validate on with a data set, in the order of the picker. */
export function validationSets({ words: { sample } }: DatasetSpec): { readonly [Name in ValidateOn]: Choice } {
  return {
    split: {
      title: `${capitalised(sample.many)} set aside`,
      explanation: `A share of the training ${sample.many} is kept out of training, and the test set stays unseen until the end.`,
    },
    test: {
      title: 'The test set',
      explanation:
        'Every choice made from the curve is then a choice by the test set, so its result at the end is too good. Use this only to repeat a report.',
    },
  };
}
