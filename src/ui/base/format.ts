/** Keeps a figure and its unit on one line: U+202F, the narrow space that does not break. */
const NARROW = '\u202f';
const MINUS = '−';
const UNKNOWN = 'unknown';

const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number with commas: `542,230`. */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? withMinus(plain.format(value)) : UNKNOWN;
}

/** A share from 0 to 1 as a percentage: `90.8 %`; a share above 0 that would be rounded to 0 is `<0.1 %`. */
export function formatPercent(share: number, digits = 1): string {
  const least = 10 ** -digits;
  if (share > 0 && share * 100 < least) return `<${least.toFixed(digits)}${NARROW}%`;
  return withUnit(share * 100, digits, '%');
}

/** A difference of two shares in percentage points: `5.9 pt`. */
export function formatPoints(difference: number): string {
  return withUnit(difference * 100, 1, 'pt');
}

/** A loss with three decimals: `0.339`. */
export function formatLoss(loss: number): string {
  return decimal(loss, 3);
}

/** A score from 0 to 1, as F1, with three decimals: `0.837`. */
export function formatScore(score: number): string {
  return decimal(score, 3);
}

/** A learning rate in full, as a field shows it: `0.001`. */
export function formatRate(rate: number): string {
  return rate.toLocaleString('en-US', { maximumSignificantDigits: 6, useGrouping: false });
}

/** A learning rate in brief, as a change or a tick shows it: `1e-3`, `2.5e-4`; from 0.01 on in full. */
export function formatRateBrief(rate: number): string {
  return rate >= 0.01 || rate === 0 ? formatRate(rate) : Number(rate.toPrecision(6)).toExponential().replace('e+', 'e');
}

/** A duration on the clock: `0:08`, `12:05`, `1:02:03`. Seconds in. */
export function formatClock(seconds: number): string {
  if (!Number.isFinite(seconds)) return UNKNOWN;
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [first, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}

/** An estimated duration: `~3.1 s`, `~40 s`, `~12 min`, `~1.5 h`. Seconds in. */
export function formatEstimate(seconds: number): string {
  if (!Number.isFinite(seconds)) return UNKNOWN;
  if (seconds < 9.95) return `~${withUnit(seconds, 1, 's')}`;
  if (seconds < 119.5) return `~${withUnit(seconds, 0, 's')}`;
  if (seconds < 119.5 * 60) return `~${withUnit(seconds / 60, 0, 'min')}`;
  return `~${withUnit(seconds / 3600, 1, 'h')}`;
}

/** Images a second to two figures, three from 10,000 on: `8,100 img/s`. */
export function formatSpeed(imagesPerSecond: number): string {
  const digits = imagesPerSecond >= 10_000 ? 3 : 2;
  return `${formatCount(Number(imagesPerSecond.toPrecision(digits)))} img/s`;
}

/** Bytes as whole megabytes of 2^20, of which there is at least one: `48 MB`. */
export function formatMemory(bytes: number): string {
  return `${formatCount(Math.max(1, bytes / 2 ** 20))} MB`;
}

/** Floating-point operations in millions with one decimal, from a thousand on without: `8.1`, `4,613`. */
export function formatMegaFlops(flops: number): string {
  return flops < 1e9 ? decimal(flops / 1e6, 1) : formatCount(flops / 1e6);
}

/** The sizes of an image or a vector: `28×28×32`, `5,408`. */
export function formatShape(sizes: readonly number[]): string {
  return sizes.map(formatCount).join('×');
}

function withUnit(value: number, digits: number, unit: string): string {
  return Number.isFinite(value) ? `${decimal(value, digits)}${NARROW}${unit}` : UNKNOWN;
}

function decimal(value: number, digits: number): string {
  return Number.isFinite(value) ? withMinus(value.toFixed(digits)) : UNKNOWN;
}

function withMinus(text: string): string {
  return text.replace(/^-0(\.0+)?$/, '0$1').replace('-', MINUS);
}
