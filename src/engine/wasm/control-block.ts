/** Addresses at the start of the memory. They are far apart so that threads do not share a cache line. */

/** The job: its number in the upper half, how many chunks have not been taken in the lower. */
export const JOB = 64;

/** How many chunks of the job are done. */
export const DONE = 128;

/** The kernel that the job runs. */
export const KERNEL = 192;

/** The number of the job's first chunk. */
export const FIRST = 196;

/** Addresses and counts for the kernel, then its numbers. */
export const ADDRESS_FIELDS = 256;
export const FLOAT_FIELDS = 384;

/** How many of each there may be. */
export const MAX_FIELDS = 32;

/** Free memory begins here. */
export const HEAP_START = 1024;

/** The most chunks of a job. */
export const MAX_CHUNKS = 0xffff;
