import { LabPage } from '../e2e/support/lab-page.ts';
import { expect, test } from '../e2e/support/test.ts';

test.describe('when a shard does not come as it should', () => {
  test.use({ tolerated: [/Failed to load resource/] });

  const CASES = [
    { name: 'is missing', fulfill: { status: 404, body: 'Not found' }, words: /train-03\.bin/ },
    {
      name: 'is a web page',
      fulfill: { status: 200, contentType: 'text/html', body: '<!doctype html>' },
      words: /train-03\.bin/,
    },
    { name: 'is damaged', fulfill: { status: 200, body: Buffer.alloc(440_000, 31) }, words: /train-03\.bin/ },
  ];

  for (const { name, fulfill, words } of CASES) {
    test(`and ${name}, the app says so, trains on what arrived, and Retry mends it`, async ({ page }) => {
      await page.route(/train-03\.bin/, (route) => route.fulfill(fulfill));
      const lab = new LabPage(page);
      await lab.open();
      const notice = page.getByRole('alert').filter({ hasText: 'The data set is incomplete.' });
      await expect(notice).toContainText(words, { timeout: 30_000 });
      await lab.choosePreset(/dense 512/);
      await lab.setRecipe({ 'Training images': 1000, Epochs: 1, 'Batch size': 100 });
      await lab.button('Step batch').click();
      await lab.reach('paused');
      await page.unroute(/train-03\.bin/);
      await notice.getByRole('button', { name: 'Retry' }).click();
      await lab.allShards();
      await expect(notice).toHaveCount(0);
    });
  }
});
