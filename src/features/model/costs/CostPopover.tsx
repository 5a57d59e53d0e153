import { costOf } from '../../../core/network/cost.ts';
import { formatCount, formatMegaFlops, formatMemory } from '../../../ui/base/format.ts';
import { Popover } from '../../../ui/overlay/Popover.tsx';
import { useAnalysis } from '../../analysis.ts';
import { useDraft } from '../../lab.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';

const ABOVE = { side: 'above', align: 'start' } as const;

/** What the figures below the stack are made of. */
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
  const { batchSize, optimizer } = useDraft((draft) => draft.recipe);
  if (graph === null) return <p>The sums are known as soon as the layers fit together.</p>;
  const { trainable, nonTrainable, flops, memory } = costOf(graph, { batchSize, optimizer });
  const lines: readonly (readonly [string, string])[] = [
    ['trainable parameters', formatCount(trainable)],
    ['parameters that are not trained', formatCount(nonTrainable)],
    ['arithmetic of one image, forward', `${formatMegaFlops(flops)} MFLOP`],
    ['memory for weights', formatMemory(memory.weights)],
    ['for gradients', formatMemory(memory.gradients)],
    [`for the optimizer, ${optimizer.kind}`, formatMemory(memory.optimizer)],
    [`for a batch of ${formatCount(batchSize)} on its way`, formatMemory(memory.activations)],
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
          <dt>memory in all, without what the backend keeps</dt>
          <dd>~{formatMemory(memory.total)}</dd>
        </div>
      </dl>
      <p className="muted">
        A multiply and an add count as two. The backward pass costs about twice the arithmetic of the forward pass.
        Seconds an epoch are measured on a run, and scaled by the arithmetic for another network.
      </p>
    </>
  );
}
