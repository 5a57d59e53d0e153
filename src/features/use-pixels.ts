import { useEffect, useState } from 'react';
import type { Split } from '../core/dataset/spec.ts';
import { useLab } from './lab.tsx';

/**
 * The pixels [n, 784] of images by their places in a split; undefined while they are being fetched, or where that
 * failed.
 */
export function usePixels(split: Split, indices: readonly number[]): Uint8Array | undefined {
  const { fetchImages } = useLab();
  const [fetched, setFetched] = useState<{ readonly key: string; readonly pixels: Uint8Array }>();
  const key = JSON.stringify([split, indices]);
  useEffect(() => {
    let current = true;
    const [from, wanted]: [Split, number[]] = JSON.parse(key);
    if (wanted.length === 0) return;
    void fetchImages(from, Uint32Array.from(wanted)).then((pixels) => {
      if (current && pixels !== null) setFetched({ key, pixels });
    });
    return () => {
      current = false;
    };
  }, [key, fetchImages]);
  return fetched?.key === key ? fetched.pixels : undefined;
}
