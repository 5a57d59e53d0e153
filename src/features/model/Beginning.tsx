import { useState } from 'react';
import { useStore } from 'zustand';
import type { BeginningTool } from '../../core/exporting/files/beginning.ts';
import { listOf } from '../../core/text/nouns.ts';
import { sourceText } from '../../core/training/weights-origin.ts';
import { chosenNetwork, startsOf, type WeightsChoice } from '../../state/weights-choice.ts';
import { download } from '../../ui/base/download.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useDraft, useLab, useRunsControl } from '../lab.tsx';

/** What the next run begins with beside new weights. */
export interface ChosenBeginning {
  /** In words, with the layers that take them where not all do: `the weights of run 3 in Conv2D`. */
  readonly text: string;
  readonly choice: WeightsChoice;
}

/** What the next run begins with; null where that is new weights in all layers. */
export function useBeginning(): ChosenBeginning | null {
  const { store, weights } = useRunsControl();
  const choice = useStore(weights);
  const draft = useDraft((state) => state);
  const text = useStore(store, (runs) => {
    const chosen = chosenNetwork(choice, runs);
    const starts = chosen === null ? [] : startsOf(chosen, draft);
    const taken = starts.filter(({ fresh }) => fresh === null);
    if (chosen === null || taken.length === 0) return null;
    const source = sourceText(chosen.source);
    return taken.length === starts.length ? source : `${source} in ${listOf(taken.map(({ node }) => node.name))}`;
  });
  return text === null ? null : { text, choice };
}

/** Props of {@link BeginningNote}. */
export interface BeginningNoteProps {
  readonly beginning: ChosenBeginning;
  /** The tool of the program that loads the weights, and the file in which it looks for them. */
  readonly tool: BeginningTool;
  readonly file: string;
}

/** Says what the next run begins with, and saves it for the program. */
export function BeginningNote({ beginning: { choice, text }, tool, file }: BeginningNoteProps) {
  const { runs } = useLab();
  const draft = useDraft((state) => state);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    setProblem(null);
    try {
      const { fileOfBeginning } = await import('./beginning-of.ts');
      download(file, await fileOfBeginning(tool, choice, draft, runs));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className="program-beginning">
      <p>
        The next run begins with {text}, and so does this program where <code>{file}</code> lies beside it. Without that
        file all layers begin with new weights.
      </p>
      <Button variant="outline" size="sm" icon="export" onClick={() => void save()}>
        Download weights
      </Button>
      {problem !== null && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
