/** The GPU was taken away: the driver restarted, or the system reclaimed it. Everything on it is gone. */
export class GpuLostError extends Error {
  override readonly name = 'GpuLostError';

  constructor() {
    super(
      'The page lost the GPU (its driver restarted, or the system needed it), and with it the weights of this run. Train again; if it happens again, choose a smaller network or batch.',
    );
  }
}
