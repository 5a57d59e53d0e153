import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { download } from '../../../src/dataset/download.ts';
import { BASE_URL, hang } from './support.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const SECONDS = 1000;

function start(answer: (init: RequestInit | undefined) => Promise<Response>, signal = new AbortController().signal) {
  const request = {
    url: `${BASE_URL}train-00.bin`,
    file: 'train-00.bin',
    limit: 100,
    cache: 'default',
    signal,
  } as const;
  return download(request, {
    fetch: (_, init) => answer(init),
    online: () => true,
    stallAfter: 20 * SECONDS,
  });
}

describe('download', () => {
  it('calls a server that does not answer for 20 seconds stalled', async () => {
    const stalled = start(hang);
    const refused = expect(stalled).rejects.toThrow(
      'No more of train-00.bin has arrived for 20 seconds. Check the network: the page tries again every 15 seconds, and at once when you press Retry.',
    );
    await vi.advanceTimersByTimeAsync(20 * SECONDS);
    await refused;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is patient with a slow line as long as bytes come', async () => {
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 15 * SECONDS));
        controller.enqueue(Uint8Array.of(7));
        if (++sent === 4) controller.close();
      },
    });
    let sent = 0;
    const slow = start(async () => new Response(body));
    await vi.advanceTimersByTimeAsync(60 * SECONDS);
    expect([...(await slow)]).toEqual([7, 7, 7, 7]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with the reason of an abort, and not with a failure of the data', async () => {
    const abort = new AbortController();
    const aborted = start(hang, abort.signal);
    const reason = new DOMException('Enough.', 'AbortError');
    abort.abort(reason);
    await expect(aborted).rejects.toBe(reason);
  });

  it('refuses more bytes than expected while they come, even from a body that cannot be cancelled', async () => {
    const flood = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(60)),
      cancel: () => new Promise(() => undefined),
    });
    await expect(start(async () => new Response(flood))).rejects.toMatchObject({ code: 'corrupt' });
  });
});
