/** What the part of an address behind `#` begins with where it holds a network that somebody sent. */
export const SHARED_HASH = '#share=';

/** And where it holds an assignment. */
export const TASK_HASH = '#task=';
