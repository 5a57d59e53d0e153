import type { Judgement } from '../core/evaluation/evaluation.ts';
import './paired-differences.css';
import { differenceSentence, type PairedDifference } from './paired-differences.ts';

/** Props of {@link PairedDifferences}. */
export interface PairedDifferencesProps {
  readonly differences: readonly PairedDifference[];
  readonly figure: keyof Judgement;
}

/** Whether something is better than the first of its kind, or looks so by chance; nothing where nothing is compared. */
export function PairedDifferences({ differences, figure }: PairedDifferencesProps) {
  if (differences.length === 0) return null;
  return (
    <>
      <ul className="spreads" aria-label="Paired differences">
        {differences.map((difference) => (
          <li key={difference.name}>{differenceSentence(difference, figure)}</li>
        ))}
      </ul>
      {differences.length > 1 && (
        <p className="muted">
          Of many comparisons some look large by chance alone: repeat the one that matters with new seeds.
        </p>
      )}
    </>
  );
}
