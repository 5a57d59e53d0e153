/**
 * A copy of a response with the headers by which a browser isolates the page from other sites: only then does it let
 * WebAssembly use threads. Some hosts, such as GitHub Pages, cannot be told to send them.
 *
 * The headers mean: no window of another site may hold this page (COOP), and whatever the page loads from another site must
 * allow it (COEP; the app loads nothing from another site).
 */
export function isolated(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
