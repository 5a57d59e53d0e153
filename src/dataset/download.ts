import { numberText } from '../core/text/number-text.ts';
import { DatasetError } from './errors.ts';

/** Access to the network, passed in so that tests can replace it. */
export interface HttpClient {
  readonly fetch: typeof fetch;
  /** False when the device knows that it has no network. */
  readonly online: () => boolean;
  /** Milliseconds without a byte after which a download counts as stalled. */
  readonly stallAfter: number;
}

export interface Download {
  readonly url: string;
  /** The name that errors show. */
  readonly file: string;
  /** More bytes than this are refused while they arrive. */
  readonly limit: number;
  /** How to treat the browser's HTTP cache. */
  readonly cache: RequestCache;
  readonly signal: AbortSignal;
}

/** Fetches the bytes of one file. Throws a DatasetError, or the signal's reason once it is aborted. */
export async function download(request: Download, network: HttpClient): Promise<Uint8Array<ArrayBuffer>> {
  const watchdog = startWatchdog(network.stallAfter, request.file);
  let received = 0;
  try {
    const signal = AbortSignal.any([request.signal, watchdog.signal]);
    const response = await network.fetch(request.url, { signal, cache: request.cache });
    checkAnswer(response, request.file);
    return await readBody(response, request, (bytes) => {
      received = bytes;
      watchdog.feed();
    });
  } catch (error) {
    request.signal.throwIfAborted();
    watchdog.signal.throwIfAborted();
    if (error instanceof DatasetError) throw error;
    throw connectionError(request, network, received, error);
  } finally {
    watchdog.stop();
  }
}

function checkAnswer(response: Response, file: string): void {
  if (response.status === 404 || response.status === 410) throw new DatasetError('missing', file);
  if (!response.ok) throw new DatasetError('server', file, String(response.status));
  // Many servers answer every unknown address with their start page.
  if (response.headers.get('content-type')?.startsWith('text/html')) throw new DatasetError('html', file);
}

async function readBody(
  response: Response,
  { file, limit }: Download,
  onReceived: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    chunks.push(part.value);
    received += part.value.length;
    onReceived(received);
    if (received > limit) {
      // Not awaited: cancelling one branch of a cloned body settles only with the other.
      reader?.cancel().catch(() => undefined);
      throw new DatasetError('corrupt', file, `it is larger than ${numberText(limit)} bytes`);
    }
  }
  return join(chunks, received);
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function connectionError({ file }: Download, network: HttpClient, received: number, cause: unknown): DatasetError {
  if (!network.online()) return new DatasetError('offline', file, '', { cause });
  if (received === 0) return new DatasetError('network', file, '', { cause });
  return new DatasetError('truncated', file, `${numberText(received)} bytes`, { cause });
}

/** Aborts its signal when `feed` is not called for `ms` milliseconds. */
function startWatchdog(ms: number, file: string) {
  const controller = new AbortController();
  const bark = () => controller.abort(new DatasetError('stalled', file, `${Math.round(ms / 1000)} seconds`));
  let timer = setTimeout(bark, ms);
  return {
    signal: controller.signal,
    feed() {
      clearTimeout(timer);
      timer = setTimeout(bark, ms);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
