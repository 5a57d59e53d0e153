import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { browserFlags, findBrowser } from './scripts/setup/browser.mjs';
import { serveSite } from './scripts/setup/site.mjs';
const root='/work/owndata/';
const site=await serveSite({root,port:4425,outDir:'.cache/look'});
const browser=await chromium.launch({args:[...browserFlags()],...(findBrowser()&&{executablePath:findBrowser()})});
const lines=['a,b,kind'];
for(let i=0;i<2400;i++){const k=i%100;lines.push(`${(k%10)+((i*7919)%100)/90},${Math.floor(k/10)+((i*104729)%100)/90},species number ${String(k).padStart(2,'0')}`);}
const file={name:'hundred.csv',mimeType:'text/csv',buffer:Buffer.from(lines.join('\n'))};
const page=await browser.newPage({viewport:{width:1366,height:768},serviceWorkers:'block'});
page.setDefaultTimeout(150000);
page.on('console',m=>['error','warning'].includes(m.type())&&console.log('CONSOLE',m.text()));
page.on('pageerror',e=>console.log('PAGEERROR',e.message));
const shot=async n=>{await page.screenshot({path:`/tmp/owndata/${n}.png`});console.log('shot',n,new Date().toISOString());};
try{
await page.goto(site.address+'?backend=wasm');
await page.getByRole('button',{name:/^Data set: /}).click();
const dialog=page.getByRole('dialog',{name:'Data set'});
await dialog.getByLabel('Open data files').setInputFiles(file);
await dialog.getByRole('button',{name:'Open',exact:true}).click();
await dialog.getByText(/is open: /).waitFor();
await dialog.getByRole('button',{name:'Close',exact:true}).last().click();
const status=page.getByRole('status',{name:'Training status'});
for(let r=0;r<2;r++){
 const e=page.getByLabel('Epochs',{exact:true});await e.fill(r===0?'1':'4');await e.press('Enter');
 const before=await status.getAttribute('data-run');
 await page.getByRole('button',{name:'Train',exact:true}).click();
 await page.waitForFunction(([b])=>{const s=document.querySelector('[aria-label="Training status"]');return s&&s.getAttribute('data-run')!==b&&s.getAttribute('data-state')==='finished';},[before]);
}
console.log('trained');
await shot('main');
for(const t of ['Confusion','Report']){await page.getByRole('tab',{name:t,exact:true}).click();await page.waitForTimeout(1500);await shot(t);}
await page.getByRole('button',{name:/^Compare/}).first().click({timeout:20000}).catch(e=>console.log('compare',e.message.slice(0,200)));
await page.waitForTimeout(2500);await shot('compare');
await page.locator('.diff-map').scrollIntoViewIfNeeded({timeout:20000}).catch(e=>console.log(e.message.slice(0,100)));
await shot('compare-diff');
await page.setViewportSize({width:390,height:844});await page.waitForTimeout(1500);await page.locator('.diff-map').scrollIntoViewIfNeeded({timeout:5000}).catch(()=>{});await shot('compare-diff-phone');
await page.setViewportSize({width:1366,height:768});
await page.keyboard.press('Escape');
await page.keyboard.press('p');await page.waitForTimeout(2500);await shot('present');
await page.keyboard.press('m');await page.waitForTimeout(3000);await shot('present-matrix');
await page.setViewportSize({width:390,height:844});await page.waitForTimeout(2000);await shot('present-matrix-phone');
}catch(e){console.log('ERR',e.message.slice(0,500));await shot('error');}
await browser.close();await site.close();
