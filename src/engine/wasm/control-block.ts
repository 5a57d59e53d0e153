/** Where things lie at the bottom of the memory, apart from each other so that threads do not disturb each other. */

/** The job: its number in the upper half, chunks that nobody has taken in the lower. */
export const JOB = 64;

/** Chunks of the job that are done. */
export const DONE = 128;

/** Which kernel the job runs. */
export const KERNEL = 192;

/** Addresses and counts for the kernel, then its numbers. */
export const ADDRESS_FIELDS = 256;
export const FLOAT_FIELDS = 384;

/** How many of each there may be. */
export const MAX_FIELDS = 32;

/** Free memory begins here. */
export const HEAP_START = 1024;

/** The most chunks of a job. */
export const MAX_CHUNKS = 0xffff;
