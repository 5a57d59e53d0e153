import { kindNoun, makeup } from '../../../core/dataset/sample-words.ts';
import { classCountOf, inputShapeOf } from '../../../core/dataset/spec.ts';
import type { LayerReport } from '../../../core/network/graph.ts';
import type { LayerGroup } from '../../../core/network/layers/definition.ts';
import { definitionOf } from '../../../core/network/layers/registry.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import { countWord } from '../../../core/text/count-words.ts';
import { countText } from '../../../core/text/number-text.ts';
import { LayerBody, type LayerSum } from '../../../ui/card/LayerBody.tsx';
import { useDatasetSpec } from '../../lab.tsx';
import { useRuling } from '../../ruling.tsx';
import { Term } from '../../terms.tsx';
import { OptionFields } from './OptionFields.tsx';

/** What the glossary has about the kinds of a group. */
const GROUP_TERMS: { readonly [Group in LayerGroup]?: string } = {
  convolution: 'Convolution',
  pooling: 'Pooling',
  dense: 'Dense layer',
  activation: 'Activation',
  dropout: 'Dropout',
  attention: 'Attention',
};

/** What an open card shows of its layer. */
export function LayerDetails({ report }: { readonly report: LayerReport }) {
  const { spec } = report;
  const { group, purpose } = definitionOf(spec.kind);
  const term = GROUP_TERMS[group];
  return (
    <LayerBody sums={sumsOf(report)}>
      <p className="layer-purpose">
        {spec.off && 'Switched off: its input passes through unchanged. '}
        {term !== undefined && (
          <>
            <Term>{term}</Term>:{' '}
          </>
        )}
        {purpose}
      </p>
      <Options spec={spec} />
    </LayerBody>
  );
}

/** The options as fields, out of use where an assignment set the network. */
function Options({ spec }: Pick<LayerReport, 'spec'>) {
  const { networkNote } = useRuling();
  if (networkNote === null) return <OptionFields spec={spec} />;
  return (
    <fieldset className="locked-options" disabled>
      <p className="layer-purpose">{networkNote}</p>
      <OptionFields spec={spec} />
    </fieldset>
  );
}

/** How the shape and the parameters come about; unknown while the layer gives no output, and idle while it is off. */
function sumsOf({ spec, input, output }: LayerReport): readonly LayerSum[] {
  if (spec.off || input === null || output === null) return [];
  const { output: shape, parameters } = definitionOf(spec.kind).arithmetic(spec, input, output);
  const sums = [{ label: 'Output', lines: shape }];
  return parameters === null ? sums : [...sums, { label: 'Parameters', lines: [parameters] }];
}

/** What the open card above the layers shows of a sample. */
export function InputDetails() {
  const dataset = useDatasetSpec();
  const { title, samples, words } = dataset;
  const shape = inputShapeOf(dataset);
  const sum = shape.length === 1 ? '' : `${shape.join(' × ')} = `;
  return (
    <LayerBody sums={[{ label: 'Output', lines: [`${sum}${countText(sizeOf(shape))} values`] }]}>
      <p className="layer-purpose">
        {`One ${words.subject.one} from ${title}: ${makeup(samples)}. From these the network computes `}
        {`${countWord(classCountOf(dataset))} probabilities, one for each ${kindNoun(dataset).one}.`}
      </p>
    </LayerBody>
  );
}
