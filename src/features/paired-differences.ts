import type { Judgement } from '../core/evaluation/evaluation.ts';
import { type PairedTest, pairedTest } from '../core/evaluation/paired.ts';
import { countText, lossText, percentText, pointsText, scoreText } from '../core/text/number-text.ts';
import type { Draft } from '../state/draft.ts';
import type { Best } from '../state/run-figures.ts';

/** What was trained with several seeds, under its name, and the best of each run as far as there is one. */
export interface SeededResults {
  readonly name: string;
  readonly trials: readonly { readonly draft: Draft; readonly best: Best | undefined }[];
}

/** How one value compares with the first one, over the seeds that both were trained with. */
export interface PairedDifference {
  readonly name: string;
  readonly against: string;
  /** The result of the one less that of the other, seed by seed. */
  readonly differences: readonly number[];
  readonly test: PairedTest | null;
}

/** From this share on a difference is called chance. */
const USUAL_LEVEL = 0.05;

/** Every value but the first against it, by pairs of runs of the same seed; none while no seed has both. */
export function pairedDifferences(
  repeats: readonly SeededResults[],
  figure: keyof Judgement,
): readonly PairedDifference[] {
  const [first, ...others] = repeats;
  if (first === undefined) return [];
  const before = resultsBySeed(first, figure);
  return others.flatMap((group) => {
    const differences = [...resultsBySeed(group, figure)].flatMap(([seed, value]) => {
      const other = before.get(seed);
      return other === undefined ? [] : [value - other];
    });
    if (differences.length === 0) return [];
    return [{ name: group.name, against: first.name, differences, test: pairedTest(differences) }];
  });
}

function resultsBySeed({ trials }: SeededResults, figure: keyof Judgement): ReadonlyMap<number, number> {
  return new Map(trials.flatMap(({ draft, best }) => (best === undefined ? [] : [[draft.recipe.seed, best[figure]]])));
}

/** A comparison in words: how large the difference is, and whether it can be chance. */
export function differenceSentence(
  { name, against, differences, test }: PairedDifference,
  figure: keyof Judgement,
): string {
  const count = differences.length;
  const mean = differences.reduce((sum, value) => sum + value, 0) / count;
  const signed = (value: number) =>
    (value > 0 ? '+' : '') + (figure === 'accuracy' ? pointsText(value) : lossText(value));
  const head = `${name} against ${against}: ${signed(mean)} on average over ${countText(count)} ${count === 1 ? 'seed' : 'seeds'}`;
  if (count === 1) return `${head}. One seed cannot tell a difference from chance.`;
  const range = `, from ${signed(Math.min(...differences))} to ${signed(Math.max(...differences))}`;
  if (test === null) return `${head}, with each the same.`;
  const verdict = test.p < USUAL_LEVEL ? 'This is hardly chance' : 'This difference can be chance';
  const share = `if the two were equally good, ${percentText(test.p)} of such experiments would differ at least as much`;
  const p = test.p < 0.001 ? 'p < 0.001' : `p = ${scoreText(test.p)}`;
  return `${head}${range}. ${verdict}: ${share} (paired t-test, ${p}).`;
}
