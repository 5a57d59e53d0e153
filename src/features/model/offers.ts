import type { Analysis } from '../../core/graph.ts';
import type { MisfitCode } from '../../core/layers/definition.ts';
import { definitionOf, LAYER_KINDS, type LayerKind } from '../../core/layers/registry.ts';
import { createLayer } from '../../core/network.ts';
import { INPUT_SHAPE, type Shape, shapeText } from '../../core/shape.ts';

/** A kind of layer as the palette offers it for one place of the network. */
export interface Offer {
  readonly kind: LayerKind;
  readonly title: string;
  readonly summary: string;
  /** What comes out there, as `3×3×64 → 1×1×64`; or why it does not fit. */
  readonly effect: string;
  readonly fits: boolean;
}

/** What may be inserted before layer `index`, in the order of the palette. Kinds that do not fit say why. */
export function offersAt({ layers }: Analysis, index: number): readonly Offer[] {
  const input = index === 0 ? INPUT_SHAPE : (layers[index - 1]?.output ?? null);
  return LAYER_KINDS.map((kind) => offerOf(kind, input));
}

function offerOf(kind: LayerKind, input: Shape | null): Offer {
  const definition = definitionOf(kind);
  const layer = createLayer(kind, kind);
  const offer = { kind, title: definition.title, summary: definition.summary(layer) };
  if (input === null) return { ...offer, effect: 'waiting', fits: true };
  const inference = definition.infer(layer, input);
  if ('misfit' in inference) return { ...offer, effect: needsOf(inference.misfit.code), fits: false };
  return { ...offer, effect: `${shapeText(input)} → ${shapeText(inference.shape)}`, fits: true };
}

function needsOf(code: MisfitCode): string {
  return code === 'collapse' ? 'needs a larger image' : 'needs another shape';
}
