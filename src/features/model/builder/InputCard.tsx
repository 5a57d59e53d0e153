import { memo } from 'react';
import { INPUT_ID } from '../../../core/network/network.ts';
import { INPUT_SHAPE, shapeText, sizeOf } from '../../../core/network/shape.ts';
import { countText } from '../../../core/text/number-text.ts';
import { LayerBody } from '../../../ui/card/LayerBody.tsx';
import { LayerCard, LayerRow } from '../../../ui/card/LayerCard.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';

const SUM = `${INPUT_SHAPE.join(' × ')} = ${countText(sizeOf(INPUT_SHAPE))} values`;

/** The card above the layers: what goes into the network. */
export const InputCard = memo(function InputCard(props: { readonly open: boolean; readonly active: boolean }) {
  const { open, active } = props;
  const { toggle } = usePanelActions();
  return (
    <LayerCard name="Input" tone="io" data-layer={INPUT_ID} slim open={open}>
      <LayerRow
        name="Input"
        summary="one garment"
        output={{ kind: 'shape', shape: shapeText(INPUT_SHAPE) }}
        open={open}
        onToggle={() => toggle(INPUT_ID)}
        tabIndex={active ? 0 : -1}
      />
      {open && (
        <LayerBody sums={[{ label: 'Output', lines: [SUM] }]}>
          <p className="layer-purpose">
            One garment of Fashion-MNIST: 28 rows of 28 pixels, one shade of gray each. What the network computes from
            it ends in ten probabilities, one for each kind of garment.
          </p>
        </LayerBody>
      )}
    </LayerCard>
  );
});
