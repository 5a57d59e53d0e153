import { costOf } from '../../../core/network/cost.ts';
import { countText, megaFlopsText } from '../../../core/text/number-text.ts';
import { OPTIMIZERS } from '../../../core/training/optimizers/registry.ts';
import { Popover } from '../../../ui/overlay/Popover.tsx';
import { useAnalysis } from '../../analysis.ts';
import { useDatasetSpec, useDevice, useDraft } from '../../lab.tsx';
import { useHidden } from '../../ruling.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';
import { estimatedParts, plannedParts, sizeTexts } from './memory-lines.ts';
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
  const named = {
    batch: isHidden('batchSize') ? 'a batch' : `a batch of ${countText(batchSize)}`,
    optimizer: OPTIMIZERS[optimizer.kind].title,
    samples: sample.many,
  };
  const parts = planned === null ? estimatedParts(memory, named) : plannedParts(planned, named);
  const sizes = sizeTexts(parts.map(([, bytes]) => bytes));
  const lines: readonly (readonly [string, string])[] = [
    ['trainable parameters', countText(trainable)],
    ['parameters that are not trained', countText(nonTrainable)],
    [`arithmetic of one ${sample.one}, forward`, `${megaFlopsText(flops)} MFLOP`],
    ...parts.map(([name], place) => [name, sizes.parts[place] ?? ''] as const),
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
          <dd>{planned === null ? `~${sizes.total}` : sizes.total}</dd>
        </div>
      </dl>
      <p className="muted">
        {planned !== null && <Sharing />}A multiply and an add count as two. The backward pass costs about twice the
        arithmetic of the forward pass. The time of an epoch is measured in a run; for another network it is scaled by
        its arithmetic.
      </p>
    </>
  );
}

/** Why a plan is not the sum of what the layers store. */
function Sharing() {
  const isTwofold = useDevice(({ report }) => report?.backend === 'webgl');
  const weights = isTwofold ? 'WebGL has weights twice: as a step reads them, and as it leaves them. ' : '';
  return `Values of a batch share memory where they are not needed at the same time. ${weights}`;
}
