import { useEffect, useState } from 'react';
import type { TableChoices, TablePreview } from '../../core/dataset/table-reading.ts';
import type { Preview, ReadingChoices } from '../../protocol/reading/reading.ts';

/** What choices would make of a table. */
export interface PreviewState {
  /** Null until it is known for the first time. */
  readonly preview: TablePreview | null;
  /** Why the choices do not work out, as a sentence; null where they do. */
  readonly problem: string | null;
  /** Whether the choices are others by now. */
  readonly isStale: boolean;
}

interface Known {
  readonly choices: TableChoices | null;
  readonly preview: TablePreview | null;
  readonly problem: string | null;
}

/** Milliseconds of rest before it is asked: numbers are typed digit by digit. */
const REST = 150;

/** Asks what choices would make of a table, whenever they are others. */
export function useTablePreview(
  choices: TableChoices,
  ask: (choices: ReadingChoices) => Promise<Preview | null>,
): PreviewState {
  const [known, setKnown] = useState<Known>({ choices: null, preview: null, problem: null });
  // The title changes nothing.
  const key = JSON.stringify({ ...choices, title: '' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the choices, and asking is always the same.
  useEffect(() => {
    let isNewest = true;
    const timer = setTimeout(() => {
      ask(choices).then(
        (preview) => isNewest && preview !== null && setKnown({ choices, preview, problem: null }),
        (error: unknown) =>
          isNewest &&
          setKnown((before) => ({
            ...before,
            choices,
            problem: error instanceof Error ? error.message : String(error),
          })),
      );
    }, REST);
    return () => {
      isNewest = false;
      clearTimeout(timer);
    };
  }, [key]);
  const isStale = known.choices === null || JSON.stringify({ ...known.choices, title: '' }) !== key;
  return { preview: known.preview, problem: known.problem, isStale };
}
