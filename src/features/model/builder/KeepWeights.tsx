import { useStore } from 'zustand';
import { isSameDataset } from '../../../core/dataset/spec.ts';
import { carriedLayers } from '../../../core/network/carried-weights.ts';
import { analysisOf } from '../../../state/analysis.ts';
import { stepOf } from '../../../state/run.ts';
import { Switch } from '../../../ui/form/Toggle.tsx';
import { useAnalysis } from '../../analysis.ts';
import { useDraft, useRun, useRunsControl } from '../../lab.tsx';

/** Lets the edited network begin with the trained weights of layers that it shares with the run at hand. */
export function KeepWeights() {
  const { keepsWeights } = useRunsControl();
  const on = useStore(keepsWeights);
  const network = useDraft((draft) => draft.network);
  const trained = useRun((run) => (run !== null && stepOf(run) > 0 ? run.draft : null));
  const { graph } = useAnalysis();
  const before = trained && analysisOf(trained).graph;
  if (graph === null || before === null || trained?.network === network) return null;
  if (!isSameDataset(before.dataset, graph.dataset)) return null;
  const kept = carriedLayers(before, graph).length;
  const all = graph.nodes.filter(({ weights }) => weights.length > 0).length;
  if (kept === 0) return null;
  return (
    <div className="keep-weights">
      <Switch
        on={on}
        description="The other layers and the optimizer start fresh, so the run does not start from chance."
        onChange={(next) => keepsWeights.setState(next)}
      >
        {`Keep trained weights of ${kept} of ${all} layers`}
      </Switch>
    </div>
  );
}
