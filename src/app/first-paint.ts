/** Milliseconds after which the paint is not waited for any more, as where the browser does not tell of it. */
const OVERDUE = 500;

/** Resolves when what stands in index.html is on the screen: the script is gone through after that. */
export async function firstPaint(): Promise<void> {
  // A tab in the background is not painted.
  if (document.hidden) return;
  await new Promise<void>((resolve) => {
    new PerformanceObserver(() => resolve()).observe({ type: 'paint', buffered: true });
    setTimeout(resolve, OVERDUE);
  });
}
