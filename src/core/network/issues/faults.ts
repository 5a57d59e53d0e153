import { at } from '../../at.ts';
import { numberText } from '../../text/number-text.ts';
import type { Fix, Issue } from '../issue.ts';
import type { Misfit, MisfitCode } from '../layers/definition.ts';
import { patchSizesOf } from '../layers/patches.ts';
import { definitionOf } from '../layers/registry.ts';
import type { OptionProblem } from '../options.ts';
import { shapeText } from '../shape.ts';
import { type InferredShapes, inferShapes, type LayerInference } from '../shape-inference.ts';
import { fixed, insertAt, removeFix, setFix } from './fixes.ts';
import { concatenationFixes, joinText, otherSource, paddingFixes, projectionFixes, widthFixes } from './joining.ts';
import { referenceIssue } from './references.ts';

/** Issues of single layers: options out of range, references into nothing, inputs that do not fit. */
export function faultIssues(trace: InferredShapes): readonly Issue[] {
  return trace.steps.flatMap((step, index) => {
    const { fault } = step;
    if (fault === null) return [];
    switch (fault.kind) {
      case 'options':
        return fault.problems.map((problem) => optionIssue(step, problem));
      case 'reference':
        return [referenceIssue(trace, index, fault.reason)];
      case 'misfit':
        return [misfitIssue(trace, index, fault.misfit)];
      default:
        return fault satisfies never;
    }
  });
}

function optionIssue({ spec }: LayerInference, { option, message, values }: OptionProblem): Issue {
  const fixes = values.map((value) => setFix(`Use ${valueText(value)}`, spec.id, { [option]: value }));
  return { severity: 'error', code: 'option', layerId: spec.id, message, fixes };
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return shapeText(value);
  return typeof value === 'number' ? numberText(value) : `${value}`;
}

/** Fixes that involve other layers, the best first, by what is wrong. */
const FINDERS: { readonly [Code in MisfitCode]: (trace: InferredShapes, index: number) => readonly Fix[] } = {
  rank: (trace, index) => moveAboveRow(trace, index),
  places: (trace, index) => [...cutPatches(trace, index), ...keepSequence(trace, index), ...moveAboveRow(trace, index)],
  patches: () => [],
  sequence: (trace, index) => [...keepSequence(trace, index), ...moveAboveRow(trace, index)],
  'add-shapes': (trace, index) => [
    ...projectionFixes(trace, index),
    ...widthFixes(trace, index),
    ...paddingFixes(trace, index),
    ...otherSource(trace, index),
  ],
  'concat-shapes': (trace, index) => [
    ...paddingFixes(trace, index),
    ...concatenationFixes(trace, index),
    ...otherSource(trace, index),
  ],
  collapse: (trace, index) => removePooling(trace, index),
  clash: () => [],
  reshape: () => [],
};

function misfitIssue(trace: InferredShapes, index: number, misfit: Misfit): Issue {
  const { network, steps } = trace;
  const { spec, name } = at(steps, index);
  const own = misfit.repairs.map((repair): Fix => {
    if ('set' in repair) return setFix(repair.label, spec.id, repair.set);
    const layer = { kind: 'reshape', options: { targetShape: repair.reshape } } as const;
    return { label: repair.label, edits: insertAt(network, index, [layer]) };
  });
  const candidates = [...FINDERS[misfit.code](trace, index), ...own];
  const working = candidates.filter((fix) => fixWorks(fix, trace, spec.id));
  const fixes = working.length > 0 ? working.slice(0, 4) : [removeFix(name, spec.id)];
  const message = joinText(trace, index) ?? noImageText(trace, index, misfit) ?? misfit.message;
  return { severity: 'error', code: misfit.code, layerId: spec.id, message, fixes };
}

/** What to say of a layer for images where there never was one: the samples are rows of a table. Null elsewhere. */
function noImageText({ dataset, steps }: InferredShapes, index: number, { code }: Misfit): string | null {
  const { input, name } = at(steps, index);
  const { samples, title } = dataset;
  const areRows = !steps.slice(0, index).some(({ output }) => (output?.length ?? 0) > 1);
  if (samples.kind === 'image' || code !== 'rank' || input?.length !== 1 || !areRows) return null;
  return `${name} works on images (height × width × channels), but ${title} has rows of numbers. Use Dense layers, or reshape its input.`;
}

/** Whether the layer gives an output, or is removed, after the fix has been applied. */
function fixWorks(fix: Fix, { network, dataset }: InferredShapes, id: string): boolean {
  const step = inferShapes(fixed(network, fix), dataset).steps.find(({ spec }) => spec.id === id);
  return step === undefined || step.output !== null;
}

/** For a layer that needs more than a row: moves it above the layer that makes the row. */
function moveAboveRow(trace: InferredShapes, index: number): readonly Fix[] {
  const { steps } = trace;
  const to = steps.findLastIndex(
    ({ input, output, spec }, i) => i < index && !spec.off && (input?.length ?? 0) > 1 && output?.length === 1,
  );
  const [row, layer] = [steps[to], steps[index]];
  if (row === undefined || layer === undefined) return [];
  const fix: Fix = { label: `Move above ${row.name}`, edits: [{ type: 'move', id: layer.spec.id, to }] };
  // Two layers of one kind would only be swapped.
  return fixWorks(fix, trace, row.spec.id) ? [fix] : [];
}

/** For a recurrent layer after another one that outputs its last step only. */
function keepSequence({ steps }: InferredShapes, index: number): readonly Fix[] {
  const before = steps.slice(0, index).findLast(({ spec }) => !spec.off && 'returnSequences' in spec);
  if (before === undefined) return [];
  return [setFix(`Return sequences in ${before.name}`, before.spec.id, { returnSequences: true })];
}

/** For a layer that takes a sequence and finds an image: cuts it into patches, of the size nearest to the usual one. */
function cutPatches({ network, steps }: InferredShapes, index: number): readonly Fix[] {
  const input = steps[index]?.input ?? [];
  const usual = definitionOf('patches').defaults;
  if (input.length !== 3 || !('patchSize' in usual)) return [];
  const distance = (size: number) => Math.abs(size - usual.patchSize);
  const [patchSize = 1] = patchSizesOf(input).toSorted((a, b) => distance(a) - distance(b));
  const edits = insertAt(network, index, [{ kind: 'patches', options: { patchSize } }]);
  return [{ label: `Insert Patches ${patchSize}×${patchSize}`, edits }];
}

/** For a pooling layer that finds a single pixel: there is nothing left to pool. */
function removePooling({ steps }: InferredShapes, index: number): readonly Fix[] {
  const step = steps[index];
  if (step?.input?.[0] !== 1 || !('poolSize' in step.spec)) return [];
  return [removeFix(step.name, step.spec.id)];
}
