import { OutOfMemoryError } from '../out-of-memory-error.ts';
import type { Gpu } from './gpu.ts';
import type { PlannedTexture } from './texture.ts';

/** Whether a device has room for these textures beside those that it has. They are made for it, and freed. */
export function hasRoomFor(gpu: Gpu, textures: readonly PlannedTexture[]): boolean {
  try {
    const made = gpu.allOrNothing(() => textures.map(({ extent, format }) => gpu.texture(extent, format)));
    for (const texture of made) gpu.free(texture);
    return true;
  } catch (error) {
    if (error instanceof OutOfMemoryError) return false;
    throw error;
  }
}
