import type { LayerReport } from '../../core/graph.ts';
import type { Issue } from '../../core/issue.ts';
import { definitionOf } from '../../core/layers/registry.ts';
import type { Edit } from '../../core/network.ts';
import { formatCount, formatShape } from '../../ui/format.ts';
import { LayerBody, LayerError } from '../../ui/LayerBody.tsx';
import { LayerCard, type LayerOutput, LayerRow, type LayerTool } from '../../ui/LayerCard.tsx';
import { useLab } from '../lab.tsx';
import { LAYER_TONES } from './layer-tone.ts';
import { OptionFields } from './OptionFields.tsx';

/** Props of {@link Layer}. */
export interface LayerProps {
  readonly report: LayerReport;
  readonly index: number;
  readonly count: number;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** The card of one layer of the draft. */
export function Layer({ report, index, count, open, onToggle }: LayerProps) {
  const { spec, name, issues } = report;
  const definition = definitionOf(spec.kind);
  const error = issues.find((issue) => issue.severity === 'error');
  const { parameters } = report;
  return (
    <LayerCard
      name={name}
      tone={LAYER_TONES[definition.group]}
      slim={definition.summary(spec) === '' || (parameters === 0 && report.output !== null)}
      open={open}
      off={spec.off}
      invalid={error !== undefined}
    >
      <LayerRow
        name={definition.title}
        summary={definition.summary(spec)}
        output={outputOf(report, error)}
        tools={useTools(report, index, count)}
        open={open}
        onToggle={onToggle}
      />
      {open && <Details report={report} />}
      {issues.map((issue) => (
        <Problem key={issue.message} issue={issue} />
      ))}
    </LayerCard>
  );
}

function outputOf({ output, parameters, spec }: LayerReport, error: Issue | undefined): LayerOutput {
  if (output === null) return error ? { kind: 'none' } : { kind: 'waiting' };
  const count = parameters > 0 && !spec.off ? formatCount(parameters) : undefined;
  return { kind: 'shape', shape: formatShape(output), parameters: count };
}

function useTools({ spec, name }: LayerReport, index: number, count: number): LayerTool[] {
  const { draft } = useLab();
  const { title } = definitionOf(spec.kind);
  const edit = (edit: Edit, change: string) => draft.edit([edit], `${change} ${title}`);
  return [
    {
      icon: 'up',
      label: `Move ${name} up`,
      disabled: index === 0,
      onPress: () => edit({ type: 'move', id: spec.id, to: index - 1 }, 'move'),
    },
    {
      icon: 'down',
      label: `Move ${name} down`,
      disabled: index === count - 1,
      onPress: () => edit({ type: 'move', id: spec.id, to: index + 1 }, 'move'),
    },
    {
      icon: 'off',
      label: spec.off ? `Switch ${name} on` : `Switch ${name} off`,
      onPress: () =>
        edit({ type: 'setOptions', id: spec.id, values: { off: !spec.off } }, spec.off ? 'switch on' : 'switch off'),
    },
    {
      icon: 'trash',
      label: `Delete ${name}`,
      onPress: () => edit({ type: 'remove', id: spec.id }, 'delete'),
    },
  ];
}

function Details({ report: { spec, input, output } }: { readonly report: LayerReport }) {
  const definition = definitionOf(spec.kind);
  const sums = input && output && definition.arithmetic(spec, input, output);
  return (
    <LayerBody
      note={
        sums && (
          <>
            <span>{sums.parameters === null ? 'Output' : 'Parameters'}</span>
            <span>{sums.parameters ?? sums.output.join(', ')}</span>
          </>
        )
      }
    >
      <p className="layer-purpose">{definition.purpose}</p>
      <OptionFields spec={spec} />
      {sums && sums.parameters !== null && (
        <p className="layer-note">
          <span>Output</span>
          <span>{sums.output.join(', ')}</span>
        </p>
      )}
    </LayerBody>
  );
}

function Problem({ issue }: { readonly issue: Issue }) {
  const { draft } = useLab();
  const fixes = issue.fixes.map(({ label, edits }) => ({
    label,
    onPress: () => draft.edit(edits, label.charAt(0).toLowerCase() + label.slice(1)),
  }));
  return <LayerError message={issue.message} fixes={fixes} />;
}
