import type { ConstantPlace, Draw, Place, StepPlace } from './draw.ts';
import type { Extent } from './fold.ts';

/** Textures for the values of a step. */
export interface TexturePlan {
  /** The texture of each place, which has it for itself as long as it is needed. */
  readonly textureOf: ReadonlyMap<StepPlace, number>;
  readonly extents: readonly Extent[];
  /** What is uploaded once, into textures of its own. */
  readonly constants: readonly ConstantPlace[];
}

/**
 * Gives each place a texture; two share one only if they have the same size and are never needed at the same draw. `kept`: a place that is
 * needed to the end.
 */
export function placeTextures(draws: readonly Draw[], kept: StepPlace | null = null): TexturePlan {
  const last = new Map<StepPlace, number>();
  draws.forEach(({ reads, writes }, index) => {
    for (const place of stepPlaces([...Object.values(reads), ...writes])) last.set(place, index);
  });
  if (kept !== null) last.set(kept, draws.length);
  const textureOf = new Map<StepPlace, number>();
  const extents: Extent[] = [];
  const free = new Map<string, number[]>();
  const freed = (place: StepPlace): number[] => {
    const key = keyOf(place.extent);
    const list = free.get(key) ?? [];
    free.set(key, list);
    return list;
  };
  draws.forEach(({ reads, writes }, index) => {
    for (const place of stepPlaces(writes)) {
      if (textureOf.has(place)) continue;
      textureOf.set(place, freed(place).pop() ?? extents.push(place.extent) - 1);
    }
    for (const place of new Set(stepPlaces([...Object.values(reads), ...writes]))) {
      const texture = textureOf.get(place);
      if (texture === undefined) throw new RangeError(`${place.name} is read before anything was drawn to it.`);
      if (last.get(place) === index) freed(place).push(texture);
    }
  });
  return { textureOf, extents, constants: constantsOf(draws) };
}

function constantsOf(draws: readonly Draw[]): readonly ConstantPlace[] {
  const read = draws.flatMap(({ reads }) => Object.values(reads));
  return [...new Set(read.filter((place) => place.kind === 'constant'))];
}

function stepPlaces(places: readonly Place[]): readonly StepPlace[] {
  return places.filter((place) => place.kind === 'step');
}

function keyOf({ width, height, layers }: Extent): string {
  return `${width} ${height} ${layers}`;
}
