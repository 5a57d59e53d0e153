import { chromium } from 'playwright';

const b = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--use-gl=angle',
    '--use-angle=gl-egl',
    '--ignore-gpu-blocklist',
    '--disable-background-networking',
    '--disable-component-update',
  ],
});
const p = await b.newPage({ viewport: { width: 1366, height: 768 } });
p.on('console', (m) => console.log('console', m.type(), m.text()));
p.on('pageerror', (e) => console.log('error', e.message));
await p.goto('http://localhost:4480/?backend=wasm');
await p.getByRole('button', { name: /Data set/ }).click();
await p.getByRole('dialog', { name: 'Data set' }).waitFor();
await p.waitForTimeout(1500);
await p.screenshot({ path: '/tmp/lead/dialog.png' });
await p.getByLabel('Open data files').setInputFiles('/work/lead/package.json');
await p.waitForTimeout(1500);
await p.screenshot({ path: '/tmp/lead/refused.png' });
await p.setViewportSize({ width: 390, height: 844 });
await p.waitForTimeout(500);
await p.screenshot({ path: '/tmp/lead/phone.png' });
await b.close();
