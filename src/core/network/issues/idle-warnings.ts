import { definitionOf } from '../layers/registry.ts';
import { removeFix, setFix } from './fixes.ts';
import { type Rule, warning } from './flow.ts';

/** Layers that pass their input on unchanged. */
export const noEffects: Rule = ({ nodes }) =>
  nodes.flatMap((node) => {
    const { name, spec, input, output } = node;
    const idleness = definitionOf(spec.kind).idleness(spec, input, output);
    if (idleness === null) return [];
    const { reason, repair } = idleness;
    const fixes = repair === null ? [] : [setFix(repair.label, spec.id, repair.set)];
    return [warning('no-effect', node, `${name} changes nothing: ${reason}.`, [...fixes, removeFix(name, spec.id)])];
  });
