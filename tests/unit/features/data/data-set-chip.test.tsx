import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataSetChip } from '../../../../src/features/data/DataSetChip.tsx';
import { FASHION_SOURCE } from '../../state/fake-worker.ts';
import { PanelLab, press } from '../../support/panel-lab.tsx';

let page: PanelLab;
beforeEach(() => {
  page = new PanelLab();
  page.show(<DataSetChip onLabFile={() => undefined} />);
});
afterEach(cleanup);

const chip = () => screen.getByRole('button', { name: /Data set: Fashion-MNIST/ });

test('counts its shards, then is ready', () => {
  page.arrive();
  expect(chip().textContent).toContain('1 of 70 shards');
  for (let shard = 1; shard < 70; shard++) page.arrive(10);
  expect(chip().textContent).toContain('60,000 ready');
});

test('says that it is incomplete where a shard failed', () => {
  page.arrive();
  page.say({
    type: 'streamFailed',
    baseUrl: FASHION_SOURCE.baseUrl,
    failure: { code: 'offline', message: 'You are offline.' },
  });
  expect(chip().textContent).toContain('incomplete');
});

test('opens a look at each class, and closes it again', async () => {
  page.arrive(50);
  act(() => chip().click());
  const opened = within(await screen.findByRole('dialog', { name: 'Data set' }));
  const classes = within(opened.getByRole('list', { name: 'Garments by class' })).getAllByRole('listitem');
  expect(classes).toHaveLength(10);
  expect(classes[9]?.textContent).toBe('Ankle boot5');
  press('Close');
  expect(screen.queryByRole('dialog')).toBeNull();
});
