/** Bytes that all samples and labels of a data set may take: a page keeps them in memory. As manifests are limited to. */
export const MOST_SAMPLE_BYTES = 500_000_000;
