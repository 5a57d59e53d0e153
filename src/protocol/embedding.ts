/** How points of many values are laid out on a plane. */
export type EmbeddingMethod = 'pca' | 'umap';

/** What the worker that lays points out is asked, once. */
export interface EmbeddingQuestion {
  readonly method: EmbeddingMethod;
  /** [n, width]. */
  readonly values: Float32Array;
  readonly width: number;
  /** Drives UMAP's chance. */
  readonly seed: number;
}

/** Where points lie on the plane. */
export interface Embedding {
  /** [n, 2]. */
  readonly points: Float32Array<ArrayBuffer>;
  /** For PCA the share of the variance that lies along each axis; null for UMAP, whose axes mean nothing. */
  readonly explained: readonly number[] | null;
}

/** What that worker says. */
export type EmbeddingEvent =
  | { readonly type: 'progressed'; readonly done: number; readonly total: number }
  | { readonly type: 'embedded'; readonly embedding: Embedding };
