/** Numbers as text: every figure that the page, the coach or a message shows is written here. */

/** Keeps a figure and its unit on one line: U+202F, the narrow space that does not break. */
const NARROW = '\u202f';
const MINUS = '−';
const UNKNOWN = 'unknown';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A number as people read it: `542,230`, and small ones in full, as `0.000001`. */
export function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 10 });
}

/** A whole number with commas: `542,230`. */
export function countText(value: number): string {
  return Number.isFinite(value) ? withMinus(whole.format(value)) : UNKNOWN;
}

/** A number with so many decimals: `0.5`, `−1.0`. */
export function decimalText(value: number, digits: number): string {
  return Number.isFinite(value) ? withMinus(value.toFixed(digits)) : UNKNOWN;
}

/** A share from 0 to 1 as a percentage: `90.8 %`; a share above 0 that would be rounded to 0 is `<0.1 %`. */
export function percentText(share: number, digits = 1): string {
  const least = 10 ** -digits;
  if (share > 0 && share * 100 < least) return `<${least.toFixed(digits)}${NARROW}%`;
  return withUnit(share * 100, digits, '%');
}

/** A probability that a network gives, as a percentage; never 0 or 100, which it cannot mean: `>99.9 %`. */
export function probabilityText(probability: number, digits = 1): string {
  const most = 100 - 10 ** -digits;
  return probability * 100 > most ? `>${most.toFixed(digits)}${NARROW}%` : percentText(probability, digits);
}

/** A share that was set, as a percentage in brief: `12.5 %`, whole ones without a decimal: `20 %`. */
export function briefPercentText(share: number): string {
  return `${Number((100 * share).toFixed(1))}${NARROW}%`;
}

/** A difference of two shares in percentage points: `5.9 pt`. */
export function pointsText(difference: number): string {
  return withUnit(difference * 100, 1, 'pt');
}

/** How far two shares are apart, as they are written in percent: 99.5 and 81.5 are `18.0 pt` apart, whatever was rounded. */
export function gapText(one: number, other: number): string {
  return pointsText(Math.abs(Math.round(one * 1000) - Math.round(other * 1000)) / 1000);
}

/** A loss with three decimals: `0.339`. */
export function lossText(loss: number): string {
  return decimalText(loss, 3);
}

/** A score from 0 to 1, as F1, with three decimals: `0.837`. */
export function scoreText(score: number): string {
  return decimalText(score, 3);
}

/** A learning rate in full, as a field shows it: `0.001`. */
export function rateText(rate: number): string {
  return rate.toLocaleString('en-US', { maximumSignificantDigits: 6, useGrouping: false });
}

/** A small number in brief, as a change or a tick shows it: `1e-3`, `2.5e-4`; 0 and from 0.01 on in full. */
export function briefText(value: number): string {
  const rounded = Number(value.toPrecision(6));
  return rounded === 0 || rounded >= 0.01 ? String(rounded) : rounded.toExponential();
}

/** A duration on the clock: `0:08`, `12:05`, `1:02:03`. Seconds in. */
export function clockText(seconds: number): string {
  if (!Number.isFinite(seconds)) return UNKNOWN;
  const rounded = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(rounded / 3600), Math.floor(rounded / 60) % 60, rounded % 60];
  const [first, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}

/** An estimated duration: `~3.1 s`, `~40 s`, `~12 min`, `~1.5 h`. Seconds in. */
export function estimateText(seconds: number): string {
  if (!Number.isFinite(seconds)) return UNKNOWN;
  if (seconds < 0.05) return `<${withUnit(0.1, 1, 's')}`;
  if (seconds < 9.95) return `~${withUnit(seconds, 1, 's')}`;
  if (seconds < 119.5) return `~${withUnit(seconds, 0, 's')}`;
  if (seconds < 119.5 * 60) return `~${withUnit(seconds / 60, 0, 'min')}`;
  return `~${withUnit(seconds / 3600, 1, 'h')}`;
}

/** Samples a second to two figures, three from 10,000 on: `8,100 img/s`. `samples`: what they are called, in brief. */
export function speedText(samplesPerSecond: number, samples: string): string {
  const digits = samplesPerSecond >= 10_000 ? 3 : 2;
  return `${countText(Number(samplesPerSecond.toPrecision(digits)))} ${samples}/s`;
}

/** Bytes as whole megabytes of 2^20, of which there is at least one: `48 MB`. */
export function memoryText(bytes: number): string {
  return `${countText(Math.max(1, bytes / 2 ** 20))} MB`;
}

/** Bytes with one decimal as gigabytes or megabytes, and below a tenth of one as kilobytes: `2.3 GB`, `4.2 MB`, `18 KB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1e5) return `${decimalText(Math.ceil(bytes / 1000), 0)} KB`;
  return bytes < 1e9 ? `${decimalText(bytes / 1e6, 1)} MB` : `${decimalText(bytes / 1e9, 1)} GB`;
}

/** Floating-point operations in millions with one decimal, from a thousand on without: `<0.1`, `8.1`, `4,613`. */
export function megaFlopsText(flops: number): string {
  if (flops > 0 && flops < 5e4) return '<0.1';
  return flops < 1e9 ? decimalText(flops / 1e6, 1) : countText(flops / 1e6);
}

function withUnit(value: number, digits: number, unit: string): string {
  return Number.isFinite(value) ? `${decimalText(value, digits)}${NARROW}${unit}` : UNKNOWN;
}

function withMinus(text: string): string {
  return text.replace(/^-0(\.0+)?$/, '0$1').replace('-', MINUS);
}
