import { costOf } from '../../../core/network/cost.ts';
import { countText, megaFlopsText, memoryText } from '../../../core/text/number-text.ts';
import { plannedBytes } from '../../../core/training/planned-memory.ts';
import { Popover } from '../../../ui/overlay/Popover.tsx';
import { useAnalysis } from '../../analysis.ts';
import { useDatasetSpec, useDraft } from '../../lab.tsx';
import { useHidden } from '../../ruling.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';
import { usePlannedMemory } from './use-planned-memory.ts';

const ABOVE = { side: 'above', align: 'start' } as const;

/** The parts of the figures below the stack. */
export function CostPopover({ anchor }: { readonly anchor: Element }) {
  const { close } = usePanelActions();
  return (
    <Popover className="cost" anchor={anchor} label="What it costs" placement={ABOVE} onClose={close}>
      <h2>What it costs</h2>
      <Costs />
    </Popover>
  );
}

function Costs() {
  const { graph } = useAnalysis();
  const { batchSize, optimizer, weightAveraging } = useDraft((draft) => draft.recipe);
  const { sample } = useDatasetSpec().words;
  const planned = usePlannedMemory();
  const isHidden = useHidden();
  if (graph === null) return <p>The figures appear as soon as the layers fit together.</p>;
  const { trainable, nonTrainable, flops, memory } = costOf(graph, { batchSize, optimizer, weightAveraging });
  const lines: readonly (readonly [string, string])[] = [
    ['trainable parameters', countText(trainable)],
    ['parameters that are not trained', countText(nonTrainable)],
    [`arithmetic of one ${sample.one}, forward`, `${megaFlopsText(flops)} MFLOP`],
    ['memory for weights', memoryText(memory.weights)],
    ['for gradients', memoryText(memory.gradients)],
    [`for the optimizer, ${optimizer.kind}`, memoryText(memory.optimizer)],
    [
      isHidden('batchSize') ? 'for a batch in progress' : `for a batch of ${countText(batchSize)} in progress`,
      memoryText(memory.activations),
    ],
  ];
  return (
    <>
      <dl>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className="cost-total">
          <dt>{planned === null ? 'memory in total, estimated' : 'memory in total, as planned for training here'}</dt>
          <dd>{planned === null ? `~${memoryText(memory.total)}` : memoryText(plannedBytes(planned))}</dd>
        </div>
      </dl>
      <p className="muted">
        A multiply and an add count as two. The backward pass costs about twice the arithmetic of the forward pass. The
        time of an epoch is measured in a run; for another network it is scaled by its arithmetic.
      </p>
    </>
  );
}
