import { memo } from 'react';
import { inputShapeOf } from '../../../core/dataset/spec.ts';
import { INPUT_ID } from '../../../core/network/network.ts';
import { shapeText } from '../../../core/network/shape.ts';
import { LayerCard, LayerRow } from '../../../ui/card/LayerCard.tsx';
import { useDatasetSpec } from '../../lab.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';
import { InputDetails } from './card-details.ts';

/** The card above the layers: what goes into the network. */
export const InputCard = memo(function InputCard(props: { readonly open: boolean; readonly active: boolean }) {
  const { open, active } = props;
  const { toggle } = usePanelActions();
  const dataset = useDatasetSpec();
  return (
    <LayerCard name="Input" tone="io" data-layer={INPUT_ID} slim open={open}>
      <LayerRow
        name="Input"
        summary={`one ${dataset.words.subject.one}`}
        output={{ kind: 'shape', shape: shapeText(inputShapeOf(dataset)) }}
        open={open}
        onToggle={() => toggle(INPUT_ID)}
        tabIndex={active ? 0 : -1}
      />
      {open && <InputDetails />}
    </LayerCard>
  );
});
