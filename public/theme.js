// Runs before the first paint, so that a dark page does not start with a white flash.
{
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  let saved = null;
  try {
    saved = localStorage.getItem('theme');
  } catch {
    // Storage may be blocked: the system's theme will do.
  }
  document.documentElement.dataset.theme = saved === 'dark' || saved === 'light' ? saved : system;
}
