import { beforeEach, describe, expect, test } from 'vitest';
import { cacheNameOf, findInOtherVersions, forgetUnusedVersions } from '../../../src/service-worker/versions.ts';
import { NamedCaches } from './named-caches.ts';

const SCOPE = 'https://lab.example/course/';
const at = (path: string) => `${SCOPE}${path}`;
const nameOf = (version: string, scope = SCOPE) => cacheNameOf({ scope, version });

const NETWORK = at('pretrained/ciutacu.bin');
const [OLD_PAGE, OLD_WORKER, NEW_PAGE] = [at('assets/index-1.js'), at('assets/main-1.js'), at('assets/index-3.js')];
/** The worker was the same in the first two versions. */
const FIRST = { [OLD_PAGE]: 'page 1', [OLD_WORKER]: 'worker 1', [`${NETWORK}?rev=1`]: 'network 1' };
const SECOND = { [at('assets/index-2.js')]: 'page 2', [OLD_WORKER]: 'worker 1', [`${NETWORK}?rev=2`]: 'network 2' };
const THIRD = { [NEW_PAGE]: 'page 3', [`${NETWORK}?rev=3`]: 'network 3' };

let caches: NamedCaches;
const versions = () => ({ caches, scope: SCOPE, version: '3' });
beforeEach(() => {
  caches = new NamedCaches();
  caches.fill('fitting-room-data', { [at('data/manifest.json')]: '{}' });
  caches.fill(nameOf('1'), FIRST);
  caches.fill(nameOf('2'), SECOND);
  caches.fill(nameOf('3'), THIRD);
  caches.fill(nameOf('1', 'https://lab.example/elsewhere/'), FIRST);
});

describe('a file for a page of another version', () => {
  const find = async (url: string, asker: string) => (await findInOtherVersions(url, asker, versions()))?.text();

  test('comes from whichever version has it', async () => {
    expect(await find(OLD_PAGE, SCOPE)).toBe('page 1');
    expect(await find(at('assets/index-2.js'), SCOPE)).toBe('page 2');
  });

  test('comes from the version of the script that asks, where every version has a file of that name', async () => {
    expect(await find(NETWORK, at('assets/index-2.js'))).toBe('network 2');
    expect(await find(NETWORK, OLD_PAGE)).toBe('network 1');
  });

  test('is not found where no version of this app has it', async () => {
    expect(await find(at('assets/gone.js'), OLD_PAGE)).toBeUndefined();
  });
});

describe('versions that no open page uses', () => {
  const left = async (...openScripts: string[]) => {
    await forgetUnusedVersions(openScripts, versions());
    return (await caches.keys()).filter((name) => name.startsWith(`fitting-room-files ${SCOPE} `));
  };

  test('are forgotten', async () => {
    expect(await left(NEW_PAGE)).toEqual([nameOf('3')]);
    expect(await left()).toEqual([nameOf('3')]);
  });

  test('are kept while a page of theirs is open', async () => {
    expect(await left(NEW_PAGE, OLD_PAGE)).toEqual([nameOf('1'), nameOf('3')]);
    expect(await left(NEW_PAGE)).toEqual([nameOf('3')]);
  });

  test('are forgotten although a page is open whose script they share with the newest version', async () => {
    caches.fill(nameOf('2'), { ...SECOND, [NEW_PAGE]: 'page 3' });
    expect(await left(NEW_PAGE)).toEqual([nameOf('3')]);
  });

  test('are none of what else is on the origin', async () => {
    await left(NEW_PAGE);
    expect(await caches.keys()).toEqual([
      'fitting-room-data',
      nameOf('3'),
      nameOf('1', 'https://lab.example/elsewhere/'),
    ]);
  });
});
