import type { Gpu } from '../gpu.ts';
import type { Extent, Texture } from '../texture.ts';

/**
 * The textures of a plan by name. A plan is built twice, for even and for odd steps; both get the same texture for the
 * same name.
 */
export class Arena {
  readonly gpu: Gpu;
  readonly #textures = new Map<string, Texture>();

  constructor(gpu: Gpu) {
    this.gpu = gpu;
  }

  texture(name: string, extent: Extent): Texture {
    const known = this.#textures.get(name);
    if (known) return known;
    const texture = this.gpu.texture(extent);
    this.#textures.set(name, texture);
    return texture;
  }

  dispose(): void {
    for (const texture of this.#textures.values()) this.gpu.free(texture);
    this.#textures.clear();
  }
}
