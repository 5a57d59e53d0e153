import { last } from '../../at.ts';
import { inputShapeOf } from '../../dataset/spec.ts';
import type { Fix } from '../issue.ts';
import { definitionOf, traitsOf } from '../layers/registry.ts';
import type { InputTrait } from '../layers/traits.ts';
import { type Edit, INPUT_ID, type Network, type NewLayer, referenceOf } from '../network.ts';
import { type Shape, shapeText } from '../shape.ts';
import type { InferredShapes, LayerInference } from '../shape-inference.ts';
import { insertAt, setFix } from './fixes.ts';

/** Ways to make the two inputs of an Add or a Concatenate fit. */

/** Takes the second input from the nearest earlier layers that fit. */
export function otherSource({ steps, dataset }: InferredShapes, index: number): readonly Fix[] {
  const step = steps[index];
  if (step === undefined) return [];
  const sources = steps.slice(0, index).filter(({ spec }) => !spec.off);
  const choices = sources
    .slice(0, -1)
    .reverse()
    .map(({ name, spec, output }) => ({ name, id: spec.id, output }));
  const all = [...choices, { name: 'the Input', id: INPUT_ID, output: inputShapeOf(dataset) }];
  const fitting = all.filter(({ id, output }) => id !== referenceOf(step.spec) && fits(step, output));
  return fitting.slice(0, 2).map(({ name, id }) => setFix(`Take ${name} instead`, step.spec.id, { from: id }));
}

function fits({ spec, input }: LayerInference, other: Shape | null): boolean {
  if (other === null) return false;
  if (traitsOf(spec).inputs === 'named') return true;
  return input !== null && 'shape' in definitionOf(spec.kind).infer(spec, input, other);
}

/** What is wrong with the two inputs of a layer that joins, with the names of both; null for other layers. */
export function joinText({ steps }: InferredShapes, index: number): string | null {
  const step = steps[index];
  if (!step?.input || !step.other) return null;
  const join = joinOf(traitsOf(step.spec).inputs);
  if (join === null) return null;
  const from = steps.find(({ spec }) => spec.id === referenceOf(step.spec));
  const above = steps[index - 1];
  const gives = (source: LayerInference | undefined, shape: Shape) =>
    `${source?.name ?? 'the Input'} gives ${shapeText(shape)}`;
  const both = `${gives(above, step.input)}, ${gives(from, step.other)}`;
  return `${step.name} ${join}: ${both}.`;
}

/** What joining two outputs asks of their shapes; null where there is only one. */
function joinOf(inputs: InputTrait): string | null {
  switch (inputs) {
    case 'above':
    case 'named':
      return null;
    case 'sum':
      return 'adds value by value, so both shapes must be the same';
    case 'concatenation':
      return 'puts channels side by side, so everything but the channels must be the same';
    default:
      return inputs satisfies never;
  }
}

/** Adds layers after the earlier layer that bring its output to the shape from above. */
export function projectionFixes({ network, steps }: InferredShapes, index: number): readonly Fix[] {
  const step = steps[index];
  if (!step?.input || !step.other) return [];
  const from = referenceOf(step.spec);
  const projection = projectionOf(step.input, step.other);
  if (from === null || projection === null) return [];
  return [{ label: projection.label, edits: pathEdits(network, index, step, from, projection.layers) }];
}

/** A path from an earlier layer through new ones, joined with the path above. */
function pathEdits(
  network: Network,
  index: number,
  step: LayerInference,
  from: string,
  layers: readonly NewLayer[],
): readonly Edit[] {
  const above = network.layers[index - 1]?.id ?? INPUT_ID;
  const path: readonly NewLayer[] = [{ kind: 'branch', options: { from } }, ...layers];
  return [...insertAt(network, index, path), { type: 'setOptions', id: step.spec.id, values: { from: above } }];
}

interface Projection {
  readonly label: string;
  readonly layers: readonly NewLayer[];
}

function projectionOf(wanted: Shape, given: Shape): Projection | null {
  const width = last(wanted);
  const dense: NewLayer = { kind: 'dense', options: { units: width, activation: 'linear' } };
  if (wanted.length === 1 && given.length === 1) return { label: `Insert a Dense of ${width}`, layers: [dense] };
  if (wanted.length === 1 && given.length === 3) {
    const pool: NewLayer = { kind: 'globalAveragePooling2d', options: {} };
    return { label: `Insert global pooling and a Dense of ${width}`, layers: [pool, dense] };
  }
  const strides = strideBetween(wanted, given);
  if (strides === null) return null;
  const label = `Insert a 1×1 Conv2D${strides > 1 ? ` with stride ${strides}` : ''}`;
  const options = { filters: width, kernelSize: 1, strides, padding: 'same', activation: 'linear' };
  return { label, layers: [{ kind: 'conv2d', options }] };
}

/** The stride that takes an image to another's height and width; null when there is none. */
function strideBetween(
  [height = 0, width = 0, channels]: Shape,
  [fromHeight = 0, fromWidth = 0, other]: Shape,
): number | null {
  if (channels === undefined || other === undefined) return null;
  const strides = Array.from({ length: Math.max(fromHeight, fromWidth) }, (_, i) => i + 1);
  return strides.find((s) => Math.ceil(fromHeight / s) === height && Math.ceil(fromWidth / s) === width) ?? null;
}

/** Gives the layer that made the channels from above as many as the earlier layer has. */
export function widthFixes({ steps }: InferredShapes, index: number): readonly Fix[] {
  const step = steps[index];
  const channels = step?.other?.at(-1);
  const maker = steps.slice(0, index).findLast(({ spec }) => !spec.off && ('filters' in spec || 'units' in spec));
  if (maker === undefined || channels === undefined || channels === 1) return [];
  const option = 'filters' in maker.spec ? 'filters' : 'units';
  return [setFix(`Use ${channels} ${option} in ${maker.name}`, maker.spec.id, { [option]: channels })];
}

/** Keeps the size of the image in all windows between the two inputs. */
export function paddingFixes({ steps }: InferredShapes, index: number): readonly Fix[] {
  const step = steps[index];
  const from = step && referenceOf(step.spec);
  const start = steps.findIndex(({ spec }) => spec.id === from);
  const shrinking = steps
    .slice(start + 1, index)
    .filter(({ spec }) => !spec.off && 'padding' in spec && spec.padding === 'valid');
  const edits = shrinking.map(({ spec }): Edit => ({ type: 'setOptions', id: spec.id, values: { padding: 'same' } }));
  return edits.length === 0 ? [] : [{ label: 'Use same padding in between', edits }];
}

/** Flattens both: the input from above by a Flatten, the named one by layers of its own. */
export function concatenationFixes({ network, steps }: InferredShapes, index: number): readonly Fix[] {
  const step = steps[index];
  if (!step?.input || !step.other) return [];
  const row: NewLayer = { kind: 'flatten', options: {} };
  if (step.other.length === 1) return [{ label: 'Insert Flatten', edits: insertAt(network, index, [row]) }];
  if (step.input.length > 1) return [];
  const from = referenceOf(step.spec) ?? INPUT_ID;
  return [{ label: 'Flatten the earlier layer', edits: pathEdits(network, index, step, from, [row]) }];
}
