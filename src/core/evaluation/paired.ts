/** What a paired t-test makes of differences. */
export interface PairedTest {
  readonly count: number;
  readonly mean: number;
  /** The standard deviation of a sample. */
  readonly deviation: number;
  /** The mean over its standard error, with one degree of freedom less than there are pairs. */
  readonly t: number;
  /** How often chance alone brings a mean at least as far from 0, either way: from 0 to 1. */
  readonly p: number;
}

/** Differences that are nearer to each other than this share of them differ by rounding only. */
const ROUNDING = 1e-9;

/**
 * Student's paired t-test, two-sided, on the differences of pairs: whether their mean can be 0. Null of fewer than two pairs, and where
 * all differences are the same, of which it can say nothing.
 */
export function pairedTest(differences: readonly number[]): PairedTest | null {
  const count = differences.length;
  const mean = differences.reduce((sum, value) => sum + value, 0) / count;
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (count - 1));
  if (count < 2 || deviation <= ROUNDING * Math.abs(mean)) return null;
  const t = mean / (deviation / Math.sqrt(count));
  return { count, mean, deviation, t, p: tailsOfT(t, count - 1) };
}

/**
 * The share of Student's t distribution at least as far from 0 as t, on both sides.
 * @internal Exported for tests.
 */
export function tailsOfT(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 1 / 2);
}

/** The regularised incomplete beta function of x from 0 to 1, by its continued fraction (Numerical Recipes, section 6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  // The fraction converges quickly on the lower side of the mean; the other side is its complement.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return (front * betaFraction(x, a, b)) / a;
}

/** Enough for the arguments of up to thousands of pairs, and the precision of a number. */
const MOST_TERMS = 300;
const PRECISION = 1e-15;

/** Lentz's method: the fraction from the front, a factor for each term. */
function betaFraction(x: number, a: number, b: number): number {
  const nonzero = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / nonzero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / nonzero(1 + term * d);
      c = nonzero(1 + term / c);
      fraction *= d * c;
    }
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return fraction;
}

/** The coefficients of Lanczos' approximation with g = 7. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The logarithm of the gamma function of a number from 1/2 on. */
function lnGamma(x: number): number {
  const z = x - 1;
  const t = z + 7.5;
  const series = LANCZOS.reduce((sum, value, i) => (i === 0 ? value : sum + value / (z + i)), 0);
  return Math.log(2 * Math.PI) / 2 + (z + 0.5) * Math.log(t) - t + Math.log(series);
}
