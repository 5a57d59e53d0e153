import type { Page, Worker } from '@playwright/test';

/** The worker that trains. Its threads can be asked nothing: they wait for work. */
export function trainingWorker(page: Page): Worker {
  const worker = page.workers().find((each) => /\/main-[\w-]+\.js$/.test(each.url()));
  if (worker === undefined) throw new Error('The page has no worker that trains.');
  return worker;
}
