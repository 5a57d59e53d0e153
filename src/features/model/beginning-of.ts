import { type BeginningTool, beginningFile } from '../../core/exporting/files/beginning.ts';
import { type CarriedWeights, carriedWeights } from '../../core/network/carried-weights.ts';
import { analysisOf } from '../../state/analysis.ts';
import type { Draft } from '../../state/draft.ts';
import type { RunsControl } from '../../state/runs-control.ts';
import { type ChosenNetwork, chosenNetwork, type WeightsChoice } from '../../state/weights-choice.ts';

const NOT_HERE = 'The weights of this run are not here. Those of a run that trains are here once it is paused.';

/**
 * The weights that a run of a draft begins with where it takes those of a network, as the file that its program loads. Rejects with an
 * Error where they are not here.
 */
export async function fileOfBeginning(
  tool: BeginningTool,
  choice: WeightsChoice,
  draft: Draft,
  { store, checkpoints }: Pick<RunsControl, 'store' | 'checkpoints'>,
): Promise<Blob> {
  const chosen = chosenNetwork(choice, store.getState());
  if (chosen === null) throw new Error(NOT_HERE);
  const [from, to] = [analysisOf(chosen).graph, analysisOf(draft).graph];
  const values = await valuesOf(chosen, checkpoints);
  if (from === null || to === null || values === null) throw new Error(NOT_HERE);
  return new Blob([beginningFile(tool, to, carriedWeights(from, values, to))]);
}

async function valuesOf(
  { source, values }: ChosenNetwork,
  checkpoints: RunsControl['checkpoints'],
): Promise<CarriedWeights | null> {
  if (values !== undefined) return values;
  const checkpoint = source.kind === 'run' ? await checkpoints.read(source.run) : null;
  return checkpoint?.snapshot.weights ?? null;
}
