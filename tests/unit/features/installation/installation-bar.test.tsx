import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { InstallationBar } from '../../../../src/features/installation/InstallationBar.tsx';
import { InstallationContext } from '../../../../src/features/installation.ts';
import { NOTHING_KNOWN } from '../../../../src/state/installation.ts';
import { PanelLab, press } from '../../support/panel-lab.tsx';

let page: PanelLab;
let updates: number;
const store = createStore(() => NOTHING_KNOWN);

beforeEach(() => {
  page = new PanelLab();
  updates = 0;
  store.setState(NOTHING_KNOWN);
  page.show(
    <InstallationContext value={store}>
      <InstallationBar onUpdate={() => updates++} />
    </InstallationContext>,
  );
});
afterEach(cleanup);

const status = (name: string) => screen.queryByRole('status', { name });

test('says nothing while there is a network and no new version', () => {
  expect(screen.queryByRole('status')).toBeNull();
});

test('says what goes on working for as long as there is no network', () => {
  act(() => store.setState({ online: false, files: 'kept' }));
  expect(status('Offline')?.textContent).toMatch(/^You are offline\. The data set has not loaded yet/);
  page.arrive();
  expect(status('Offline')?.textContent).toContain('1 of 70 shards of the data set have loaded');
  act(() => store.setState({ online: true }));
  expect(status('Offline')).toBeNull();
});

test('a new version starts when the user says so', () => {
  act(() => store.setState({ update: true }));
  expect(status('Update')?.textContent).toContain('A new version is ready.');
  expect(updates).toBe(0);
  press('Update now');
  expect(updates).toBe(1);
});

test('a new version does not start in mid-training', () => {
  page.ready();
  page.startRun();
  page.phase(1, 'training');
  act(() => store.setState({ update: true }));
  expect(status('Update')?.textContent).toContain('Training is under way.');
  press('Update now');
  expect(updates).toBe(0);
  page.phase(1, 'paused');
  press('Update now');
  expect(updates).toBe(1);
});

test('a new version can be put off', () => {
  act(() => store.setState({ update: true }));
  press('Later');
  expect(status('Update')).toBeNull();
});

test('a phone is offered the reload that gives all threads, once it does', () => {
  page.open({ device: '1 thread' });
  act(() => store.setState({ isolated: false, files: 'storing' }));
  expect(status('Threads')).toBeNull();
  act(() => store.setState({ files: 'kept' }));
  expect(status('Threads')?.textContent).toContain('Training has 1 thread.');
  expect(screen.getByRole('button', { name: /^Reload for all \d threads$/ })).toBeTruthy();
  act(() => store.setState({ served: true }));
  expect(status('Threads')).toBeNull();
});
