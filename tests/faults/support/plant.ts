import type { BrowserContext } from '@playwright/test';

/**
 * Has every worker of the context run `script` before anything of its own; `page.addInitScript` does so for the page. The
 * first worker finds 0 in `self.generation`, the one in its place 1, and so on.
 */
export async function plantInWorker(context: BrowserContext, script: string): Promise<void> {
  let generation = 0;
  await context.route(/\/assets\/main-[\w-]+\.js$/, async (route) => {
    const response = await route.fetch();
    const { pathname } = new URL(route.request().url());
    // Modules are run in the order of their imports.
    await route.fulfill({ response, body: `import '${pathname}?planted';\n${await response.text()}` });
  });
  await context.route(/\/assets\/main-[\w-]+\.js\?planted$/, async (route) => {
    // The headers of the app's own scripts let an isolated page run this one.
    const response = await route.fetch();
    await route.fulfill({ response, body: `self.generation = ${generation};\n${script}` });
    generation++;
  });
}
