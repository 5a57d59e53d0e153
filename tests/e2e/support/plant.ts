import type { BrowserContext } from '@playwright/test';

/**
 * Has every worker of the context run `script` before anything of its own; `page.addInitScript` does so for the page. The
 * first worker finds 0 in `self.generation`, the one in its place 1, and so on. A script that is made is made for each worker.
 */
export async function plantInWorker(context: BrowserContext, script: string | (() => string)): Promise<void> {
  let generation = 0;
  await context.route(/\/assets\/main-[\w-]+\.js$/, async (route) => {
    const response = await route.fetch({ maxRetries: 3 });
    const { pathname } = new URL(route.request().url());
    // Modules are run in the order of their imports.
    await route.fulfill({ response, body: `import '${pathname}?planted';\n${await response.text()}` });
  });
  await context.route(/\/assets\/main-[\w-]+\.js\?planted$/, async (route) => {
    // The headers of the app's own scripts let an isolated page run this one.
    const response = await route.fetch({ maxRetries: 3 });
    await route.fulfill({
      response,
      body: `self.generation = ${generation};\n${typeof script === 'string' ? script : script()}`,
    });
    generation++;
  });
}

/**
 * Has training take its time once it has come some steps far, until it is paused: however quick the machine is, the run is still
 * under way when a test does something to it.
 *
 * @param ms what each step then takes, at least
 */
export async function slowTraining(
  context: BrowserContext,
  { after = 0, ms = 5 }: { readonly after?: number; readonly ms?: number } = {},
): Promise<void> {
  await plantInWorker(
    context,
    `let steps = 0;
    let isSlow = true;
    const post = MessagePort.prototype.postMessage;
    // Between two steps the worker sends itself a message.
    MessagePort.prototype.postMessage = function (...message) {
      steps++;
      if (isSlow && steps > ${after}) setTimeout(() => post.apply(this, message), ${ms});
      else post.apply(this, message);
    };
    self.addEventListener('message', ({ data }) => {
      if (data.type === 'pause') isSlow = false;
    });`,
  );
}
