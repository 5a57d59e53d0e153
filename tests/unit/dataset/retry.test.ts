import { afterEach, describe, expect, it, vi } from 'vitest';
import { DatasetError } from '../../../src/dataset/errors.ts';
import { sleep, waitToRetry, withRetries } from '../../../src/dataset/retry.ts';

const never = new AbortController().signal;

afterEach(() => {
  vi.useRealTimers();
});

describe('withRetries', () => {
  it('gives the first result, and counts the tries from 0', async () => {
    const pauses: number[] = [];
    const attempt = async (number: number) => {
      if (number < 2) throw new Error('Not yet.');
      return number;
    };
    expect(await withRetries(attempt, async (ms) => void pauses.push(ms), never)).toBe(2);
    expect(pauses).toEqual([500, 1000]);
  });

  it('rejects with the last error after three tries, without a pause behind it', async () => {
    const pauses: number[] = [];
    const attempt = (number: number) => Promise.reject(new Error(`Try ${number}`));
    await expect(withRetries(attempt, async (ms) => void pauses.push(ms), never)).rejects.toThrow('Try 2');
    expect(pauses).toEqual([500, 1000]);
  });

  it('stops trying once aborted', async () => {
    const abort = new AbortController();
    let tries = 0;
    const attempt = () => {
      tries++;
      abort.abort(new Error('Stopped.'));
      return Promise.reject(new Error('Failed.'));
    };
    await expect(withRetries(attempt, async () => undefined, abort.signal)).rejects.toThrow('Stopped.');
    expect(tries).toBe(1);
  });
});

describe('sleep', () => {
  it('ends after its time', async () => {
    vi.useFakeTimers();
    let awake = false;
    const sleeping = sleep(500, never).then(() => {
      awake = true;
    });
    await vi.advanceTimersByTimeAsync(499);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await sleeping;
    expect(awake).toBe(true);
  });

  it('ends at once, with the reason, when aborted before or meanwhile', async () => {
    vi.useFakeTimers();
    const abort = new AbortController();
    const sleeping = sleep(500, abort.signal);
    abort.abort(new Error('Stopped.'));
    await expect(sleeping).rejects.toThrow('Stopped.');
    await expect(sleep(500, abort.signal)).rejects.toThrow('Stopped.');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('waitToRetry', () => {
  const wait = (code: 'network' | 'html', signal: AbortSignal) => {
    const end = vi.fn();
    waitToRetry(new DatasetError(code, 'train-00.bin'), signal).then(end, end);
    return end;
  };

  it('waits fifteen seconds where the network may recover', async () => {
    vi.useFakeTimers();
    const end = wait('network', never);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(end).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(end).toHaveBeenCalledWith(undefined);
  });

  it('leaves no timer behind when aborted', async () => {
    vi.useFakeTimers();
    const abort = new AbortController();
    const end = wait('network', abort.signal);
    abort.abort(new Error('Stopped.'));
    await vi.advanceTimersByTimeAsync(0);
    expect(end).toHaveBeenCalledWith(new Error('Stopped.'));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('never tries again by itself what somebody has to mend', async () => {
    vi.useFakeTimers();
    const end = wait('html', never);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(end).not.toHaveBeenCalled();
  });
});
