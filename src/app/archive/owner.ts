/** How long to wait, in milliseconds, for another page of the app that is just being closed to release the runs. */
const PATIENCE = 2000;

/**
 * Does `work` as the one page that keeps the runs, which it then is until it is closed. Rejects with what `work` rejects with.
 *
 * @returns Whether it is that page. Another one may be.
 */
export async function asOwner(work: () => Promise<void>): Promise<boolean> {
  // Browsers offer locks only on secure pages.
  if (navigator.locks === undefined) {
    await work();
    return true;
  }
  return new Promise((resolve, reject) => {
    const own = async () => {
      await work();
      resolve(true);
      await new Promise<never>(() => undefined);
    };
    navigator.locks.request('runs', { signal: AbortSignal.timeout(PATIENCE) }, own).catch((error: unknown) => {
      const isTaken = error instanceof DOMException && error.name === 'TimeoutError';
      if (isTaken) resolve(false);
      else reject(error);
    });
  });
}
