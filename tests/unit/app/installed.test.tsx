import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { watchInstallation } from '../../../src/app/installed.ts';
import { NOTHING_KNOWN } from '../../../src/state/installation.ts';
import { PanelLab } from '../support/panel-lab.tsx';

const register = vi.fn(() => new Promise<never>(() => undefined));
let page: PanelLab;
let stop: () => void;

/** Opens the page, which a service worker of an earlier visit answered for, or none. */
function open(controller: object | null): void {
  vi.stubGlobal('navigator', Object.create(navigator, { serviceWorker: { value: { controller, register } } }));
  page = new PanelLab();
  const { dataSet, runs } = page.lab;
  stop = watchInstallation({ store: createStore(() => NOTHING_KNOWN), dataSet, runs });
}

beforeEach(() => {
  register.mockClear();
  vi.stubEnv('DEV', false);
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

test('on a first visit the samples come before the files of the next one', async () => {
  open(null);
  for (let shard = 1; shard < 70; shard++) page.arrive(10);
  await Promise.resolve();
  expect(register).not.toHaveBeenCalled();
  page.arrive(10);
  await vi.waitFor(() => expect(register).toHaveBeenCalledOnce());
});

test('on later visits a new version does not wait for them', async () => {
  open({});
  await vi.waitFor(() => expect(register).toHaveBeenCalledOnce());
});
