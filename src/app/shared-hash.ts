import { useEffect, useState } from 'react';
import { SHARED_HASH, TASK_HASH } from '../core/sharing/shared-hash.ts';

/** The part of the address behind `#` where it brings a network, or null; and what takes it out of the address. */
export function useSharedHash(): readonly [hash: string | null, forget: () => void] {
  const [hash, setHash] = useState(sharedHash);
  useEffect(() => {
    const follow = () => setHash(sharedHash());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const forget = () => {
    history.replaceState(null, '', `${location.pathname}${location.search}`);
    setHash(null);
  };
  return [hash, forget];
}

function sharedHash(): string | null {
  const { hash } = location;
  return hash.startsWith(SHARED_HASH) || hash.startsWith(TASK_HASH) ? hash : null;
}
