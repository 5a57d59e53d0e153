/** A file of the engine could not be fetched; another worker may be luckier. */
class NotLoadedError extends Error {
  override readonly name = 'NotLoadedError';
}

/** The module, once it is here. Rejects with a NotLoadedError. */
export async function loaded<Module>(module: Promise<Module>): Promise<Module> {
  try {
    return await module;
  } catch (cause) {
    throw new NotLoadedError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
