import { Fragment } from 'react';
import type { LayerReport } from '../../core/graph.ts';
import { INPUT_SHAPE } from '../../core/shape.ts';
import { formatShape } from '../../ui/format.ts';
import { LayerError } from '../../ui/LayerBody.tsx';
import { LayerCard, LayerRow } from '../../ui/LayerCard.tsx';
import { LayerWire } from '../../ui/LayerWire.tsx';
import { useAnalysis } from '../analysis.ts';
import { useLab } from '../lab.tsx';
import { Layer } from './Layer.tsx';
import { LayerPalette } from './LayerPalette.tsx';

/** Props of {@link LayerStack}: which card is open, by the id of its layer. */
export interface LayerStackProps {
  readonly openId: string | null;
  readonly onOpen: (id: string | null) => void;
}

/** The cards from the Input down, with a wire between two cards that takes a new layer. */
export function LayerStack({ openId, onOpen }: LayerStackProps) {
  const { layers } = useAnalysis();
  return (
    <div className="stack scroll">
      <LayerCard name="Input" tone="io" slim>
        <LayerRow name="Input" summary="one garment" output={{ kind: 'shape', shape: formatShape(INPUT_SHAPE) }} />
      </LayerCard>
      <Wire index={0} above="Input" onInsert={onOpen} />
      {layers.map((report, index) => (
        <Fragment key={report.spec.id}>
          <Layer
            report={report}
            index={index}
            count={layers.length}
            open={openId === report.spec.id}
            onToggle={() => onOpen(openId === report.spec.id ? null : report.spec.id)}
          />
          {!isOutput(layers, index) && <Wire index={index + 1} above={report.name} onInsert={onOpen} />}
        </Fragment>
      ))}
      <WholeIssues />
      <p className="stack-note">
        Press a card to change its options, or <b>+</b> between two cards to add a layer.
      </p>
    </div>
  );
}

function isOutput(layers: readonly LayerReport[], index: number): boolean {
  return index === layers.length - 1 && layers[index]?.issues.length === 0;
}

interface WireProps {
  readonly index: number;
  readonly above: string;
  readonly onInsert: (id: string) => void;
}

function Wire({ index, above, onInsert }: WireProps) {
  return (
    <LayerPalette index={index} onInsert={onInsert}>
      {(toggle) => <LayerWire label={`Insert a layer after ${above}`} onClick={toggle} />}
    </LayerPalette>
  );
}

/** Issues of the network as a whole, such as that it is empty. */
function WholeIssues() {
  const { draft } = useLab();
  const { issues } = useAnalysis();
  return issues
    .filter((issue) => issue.layerId === null)
    .map((issue) => (
      <LayerError
        key={issue.code}
        message={issue.message}
        fixes={issue.fixes.map(({ label, edits }) => ({ label, onPress: () => draft.edit(edits, label) }))}
      />
    ));
}
