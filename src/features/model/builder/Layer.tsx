import { memo, useState } from 'react';
import type { LayerReport } from '../../../core/network/graph.ts';
import type { Issue } from '../../../core/network/issue.ts';
import { definitionOf, isFrozen, traitsOf } from '../../../core/network/layers/registry.ts';
import { shapeText } from '../../../core/network/shape.ts';
import { countText } from '../../../core/text/number-text.ts';
import { LayerCard, LayerHandle, type LayerOutput, LayerRow, type LayerTool } from '../../../ui/card/LayerCard.tsx';
import { LayerError, LayerHint, LayerWarning } from '../../../ui/card/LayerProblem.tsx';
import { WithTerms } from '../../terms.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';
import { LayerDetails } from './card-details.ts';
import { LAYER_TONES } from './layer-tone.ts';

/** Props of {@link Layer}. */
export interface LayerProps {
  readonly report: LayerReport;
  /** The name of the earlier layer that it takes as an input, if any. */
  readonly source: string | undefined;
  readonly open: boolean;
  /** Whether Tab leads to it. */
  readonly active: boolean;
  /** Whether it is being moved. */
  readonly lifted: boolean;
}

/** The card of one layer of the draft. */
export const Layer = memo(function Layer({ report, source, open, active, lifted }: LayerProps) {
  const actions = usePanelActions();
  const { spec, name, issues } = report;
  const { title, group, traits } = definitionOf(spec.kind);
  const error = issues.find((issue) => issue.severity === 'error');
  const toggle = () => actions.toggle(spec.id);
  const tools = useTools(report);
  // Four buttons with tooltips on every card would be most of what an edit renders, so only cards in use have them.
  const [hovered, setHovered] = useState(false);
  const inUse = hovered || active || open;
  return (
    <LayerCard
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      data-layer={spec.id}
      name={name}
      tone={LAYER_TONES[group]}
      slim={traits.weights === 'none'}
      open={open}
      off={spec.off}
      invalid={error !== undefined}
      dragging={lifted}
    >
      <LayerRow
        handle={<LayerHandle label={`Move ${name}`} aria-pressed={lifted} tabIndex={-1} />}
        name={title}
        summary={summaryOf(report, source)}
        frozen={isFrozen(spec)}
        output={outputOf(report, error)}
        tools={inUse ? tools : []}
        open={open}
        onToggle={toggle}
        tabIndex={active ? 0 : -1}
      />
      {open && <LayerDetails report={report} />}
      <Problems report={report} open={open} onOpen={toggle} />
    </LayerCard>
  );
});

function summaryOf({ spec }: LayerReport, source: string | undefined): string {
  if (source === undefined) return definitionOf(spec.kind).summary(spec);
  return traitsOf(spec).inputs === 'named' ? `second path from ${source}` : `+ ${source}`;
}

function outputOf({ output, parameters, spec }: LayerReport, error: Issue | undefined): LayerOutput {
  if (output === null) return error ? { kind: 'none' } : { kind: 'waiting' };
  const count = parameters > 0 && !spec.off ? countText(parameters) : undefined;
  return { kind: 'shape', shape: shapeText(output), parameters: count };
}

function useTools({ spec, name }: LayerReport): LayerTool[] {
  const { duplicate, switchOff, remove, open } = usePanelActions();
  const { id } = spec;
  return [
    { icon: 'copy', label: `Duplicate ${name}`, onPress: () => duplicate(id) },
    { icon: 'off', label: spec.off ? `Switch ${name} on` : `Switch ${name} off`, onPress: () => switchOff(id) },
    { icon: 'trash', label: `Delete ${name}`, onPress: () => remove(id) },
    {
      icon: 'more',
      label: `More for ${name}`,
      onPress: ({ currentTarget }) => open({ kind: 'layer-menu', id, anchor: currentTarget }),
    },
  ];
}

interface ProblemsProps {
  readonly report: LayerReport;
  readonly open: boolean;
  readonly onOpen: () => void;
}

/** Errors in full; warnings in full on an open card, and on a closed one the first in a line. */
function Problems({ report, open, onOpen }: ProblemsProps) {
  const { issues, name } = report;
  const errors = issues.filter(({ severity }) => severity === 'error');
  const warnings = issues.filter(({ severity }) => severity === 'warning');
  const [first] = warnings;
  return (
    <>
      {errors.map((issue) => (
        <Problem key={issue.message} issue={issue} />
      ))}
      {open && warnings.map((issue) => <Problem key={issue.message} issue={issue} />)}
      {!open && first && <LayerHint message={withoutName(first.message, name)} onOpen={onOpen} />}
    </>
  );
}

/** The card says its name already, and the line is short. */
function withoutName(message: string, name: string): string {
  if (!message.startsWith(`${name} `)) return message;
  const rest = message.slice(name.length + 1);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** An issue with buttons that fix it. */
export function Problem({ issue }: { readonly issue: Issue }) {
  const { mend } = usePanelActions();
  const fixes = issue.fixes.map((fix) => ({ label: fix.label, onPress: () => mend(fix, issue.layerId) }));
  const Message = issue.severity === 'error' ? LayerError : LayerWarning;
  return <Message message={<WithTerms>{issue.message}</WithTerms>} fixes={fixes} />;
}
