import type { BrowserContext } from '@playwright/test';
import { folderOf, type ProofDataset } from '../../support/proof-datasets.ts';

/** Serves a data set from a folder of the app's site, `name` without slashes. `?data=name/` opens it. */
export async function serveFolder(context: BrowserContext, name: string, dataset: ProofDataset): Promise<void> {
  const files = await folderOf(dataset);
  await context.route(new RegExp(`/${name}/[^/]+$`), async (route) => {
    const file = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    const bytes = files.get(file);
    await route.fulfill(bytes === undefined ? { status: 404 } : { body: Buffer.from(bytes) });
  });
}
