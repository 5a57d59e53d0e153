import { at } from '../../core/at.ts';
import type { Draw, DrawCall, Outside, Place, StepPlace } from './draw.ts';
import type { Gpu, Pass } from './gpu.ts';
import { passOf } from './kernel.ts';
import type { LastingTextures, Side } from './lasting-textures.ts';
import { placeTextures } from './place-textures.ts';
import type { Texture } from './texture.ts';

/** Textures that a list uses and does not own. */
interface Given {
  readonly lasting: LastingTextures;
  readonly outside: { readonly [Name in Outside]?: Texture };
}

interface Bound {
  readonly draw: Draw;
  /** For even and for odd steps. */
  readonly passes: readonly [Pass, Pass];
}

/** Draws with their programs compiled and their textures bound, ready to be repeated. Owns the textures of the step. */
export class DrawList {
  readonly #gpu: Gpu;
  readonly #bound: readonly Bound[];
  readonly #textureOf: (place: StepPlace) => Texture;
  readonly #owned: readonly Texture[];

  /** Starts to compile without waiting. `kept`: a place that is read afterwards. */
  constructor(gpu: Gpu, draws: readonly Draw[], { lasting, outside }: Given, kept: StepPlace | null = null) {
    this.#gpu = gpu;
    const plan = placeTextures(draws, kept);
    const shared = plan.extents.map((extent) => gpu.texture(extent));
    const constants = new Map<Place, Texture>(
      plan.constants.map((place) => [place, gpu.upload(place.extent, place.texels)]),
    );
    this.#owned = [...shared, ...constants.values()];
    this.#textureOf = (place) => at(shared, plan.textureOf.get(place) ?? -1);
    const textureOf = (place: Place, side: Side): Texture => {
      if (place.kind === 'step') return this.#textureOf(place);
      if (place.kind === 'lasting') return lasting.of(place.buffer, place.side === 'now' ? side : otherSide(side));
      return existing(place.kind === 'constant' ? constants.get(place) : outside[place.name]);
    };
    const passOn = ({ kernel, reads, writes }: Draw, side: Side): Pass => {
      const inputs = Object.entries(reads).map(([name, place]) => [name, textureOf(place, side)] as const);
      return passOf(
        kernel,
        Object.fromEntries(inputs),
        writes.map((place) => textureOf(place, side)),
      );
    };
    this.#bound = draws.map((draw) => {
      const pass = passOn(draw, 0);
      return { draw, passes: [pass, isLasting(draw) ? passOn(draw, 1) : pass] };
    });
    for (const { draw, passes } of this.#bound) if (!draw.late) for (const pass of passes) gpu.prepare(pass);
  }

  /** Queues all draws with the weights of the given side. Does not wait for them. */
  run(side: Side, call: DrawCall): void {
    for (const { draw, passes } of this.#bound) {
      if (draw.when?.(call) ?? true) this.#gpu.run(passes[side], draw.uniforms?.(call), draw.area?.(call));
    }
  }

  /** The texture of the place that is kept. */
  textureOf(place: StepPlace): Texture {
    return this.#textureOf(place);
  }

  dispose(): void {
    for (const { passes } of this.#bound) for (const pass of passes) this.#gpu.release(pass);
    for (const texture of this.#owned) this.#gpu.free(texture);
  }
}

/** Whether a draw reads or writes something that stays, which lies elsewhere in every other step. */
function isLasting({ reads, writes }: Draw): boolean {
  return [...Object.values(reads), ...writes].some(({ kind }) => kind === 'lasting');
}

/** The side that a step writes. */
export function otherSide(side: Side): Side {
  return side === 0 ? 1 : 0;
}

function existing(texture: Texture | undefined): Texture {
  if (texture === undefined) throw new Error('A list of draws was not given all its textures.');
  return texture;
}
