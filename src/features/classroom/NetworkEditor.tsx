import { type NetworkRule, sizesOf } from '../../core/classroom/network-rule.ts';
import { MOST } from '../../state/assignment-text.ts';
import { NumberField } from '../../ui/form/NumberField.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { useDraft } from '../lab.tsx';
import type { FormPartProps } from './form-part.ts';

const KINDS = [
  { value: 'free', label: 'free' },
  { value: 'locked', label: 'locked: no layer can be edited' },
  { value: 'limited', label: 'limited: at most so many layers and parameters' },
] as const;

/** Whether students can edit the layers, and how large the network may become. */
export function NetworkEditor({ form: { network }, onChange }: FormPartProps) {
  const draft = useDraft((current) => current);
  const ruleOf = (kind: NetworkRule['kind']): NetworkRule => {
    if (kind !== 'limited') return { kind };
    const { layers, parameters } = sizesOf(draft);
    return { kind, layers, parameters: Number.isNaN(parameters) ? 100_000 : parameters };
  };
  return (
    <section>
      <h4>The network</h4>
      <SelectField
        label="Layers"
        choices={KINDS}
        value={network.kind}
        onChange={(kind) => onChange({ network: ruleOf(kind) })}
      />
      {network.kind === 'limited' && (
        <div className="assignment-bar">
          <NumberField
            label="Layers at most"
            min={1}
            max={200}
            integer
            value={network.layers}
            onChange={(layers) => onChange({ network: { ...network, layers } })}
          />
          <NumberField
            label="Parameters at most"
            min={1}
            max={MOST.bound}
            integer
            value={network.parameters}
            onChange={(parameters) => onChange({ network: { ...network, parameters } })}
          />
        </div>
      )}
    </section>
  );
}
