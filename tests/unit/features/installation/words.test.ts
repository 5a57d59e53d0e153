import { describe, expect, test } from 'vitest';
import { offlineSentence } from '../../../../src/features/installation/words.ts';
import { threadsAdvice } from '../../../../src/features/threads-advice.ts';
import { type KeptFiles, NOTHING_KNOWN } from '../../../../src/state/installation.ts';

const kept = { ...NOTHING_KNOWN, files: 'kept', online: false } as const;
const ALL = { shardsArrived: 70, shardsTotal: 70 };

describe('what goes on working without a network', () => {
  test('everything, where app and data are kept', () => {
    expect(offlineSentence(kept, ALL)).toBe('Everything keeps working, even after a reload.');
  });

  test('this page only, where the browser did not keep the data', () => {
    expect(offlineSentence({ ...kept, dataKept: false }, ALL)).toBe(
      'Everything keeps working while this page stays open. A reload needs the network, because the browser did not keep the data set.',
    );
  });

  test('training on what is here, where the data are incomplete', () => {
    expect(offlineSentence(kept, { shardsArrived: 34, shardsTotal: 70 })).toBe(
      '34 of 70 shards of the data set have loaded, and you can train on them; the rest will load by itself once the network is back. Everything else keeps working, even after a reload.',
    );
    expect(offlineSentence(kept, { shardsArrived: 0, shardsTotal: 0 })).toMatch(
      /^The data set has not loaded yet; it /,
    );
  });

  test.each<[Exclude<KeptFiles, 'kept'>, string]>([
    ['unknown', 'was not stored before the network went'],
    ['storing', 'was not completely stored before the network went'],
    ['failed', 'perhaps for lack of room'],
    ['impossible', 'as private windows do not'],
  ])('no reload where the app is not kept (%s), with the reason', (files, reason) => {
    const sentence = offlineSentence({ ...kept, files }, ALL);
    expect(sentence).toContain('a reload needs the network');
    expect(sentence).toContain(reason);
  });
});

describe('why training has one thread', () => {
  test('a reload helps once the app is kept', () => {
    expect(threadsAdvice(kept, 8).afterReload).toBe(8);
  });

  test('a reload does not help a page that came from the service worker already', () => {
    const advice = threadsAdvice({ ...kept, served: true }, 8);
    expect(advice.afterReload).toBeNull();
    expect(advice.reason).toContain('Open the app in a tab of its own.');
  });

  test.each<[Exclude<KeptFiles, 'kept'>, string]>([
    ['unknown', 'takes some seconds'],
    ['storing', 'takes some seconds'],
    ['failed', 'perhaps for lack of room'],
    ['impossible', 'private windows and addresses without https'],
  ])('no reload is offered where the app is not kept (%s)', (files, reason) => {
    const advice = threadsAdvice({ ...kept, files }, 8);
    expect(advice.afterReload).toBeNull();
    expect(advice.reason).toContain(reason);
  });
});
