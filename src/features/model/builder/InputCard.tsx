import { memo } from 'react';
import { kindNoun, makeup } from '../../../core/dataset/sample-words.ts';
import { classCountOf, inputShapeOf } from '../../../core/dataset/spec.ts';
import { INPUT_ID } from '../../../core/network/network.ts';
import { shapeText, sizeOf } from '../../../core/network/shape.ts';
import { countWord } from '../../../core/text/count-words.ts';
import { countText } from '../../../core/text/number-text.ts';
import { LayerBody } from '../../../ui/card/LayerBody.tsx';
import { LayerCard, LayerRow } from '../../../ui/card/LayerCard.tsx';
import { useDatasetSpec } from '../../lab.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';

/** The card above the layers: what goes into the network. */
export const InputCard = memo(function InputCard(props: { readonly open: boolean; readonly active: boolean }) {
  const { open, active } = props;
  const { toggle } = usePanelActions();
  const dataset = useDatasetSpec();
  const { title, samples, words } = dataset;
  const shape = inputShapeOf(dataset);
  const sum = shape.length === 1 ? '' : `${shape.join(' × ')} = `;
  return (
    <LayerCard name="Input" tone="io" data-layer={INPUT_ID} slim open={open}>
      <LayerRow
        name="Input"
        summary={`one ${words.subject.one}`}
        output={{ kind: 'shape', shape: shapeText(shape) }}
        open={open}
        onToggle={() => toggle(INPUT_ID)}
        tabIndex={active ? 0 : -1}
      />
      {open && (
        <LayerBody sums={[{ label: 'Output', lines: [`${sum}${countText(sizeOf(shape))} values`] }]}>
          <p className="layer-purpose">
            {`One ${words.subject.one} from ${title}: ${makeup(samples)}. From these the network computes `}
            {`${countWord(classCountOf(dataset))} probabilities, one for each ${kindNoun(dataset).one}.`}
          </p>
        </LayerBody>
      )}
    </LayerCard>
  );
});
