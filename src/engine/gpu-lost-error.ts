/** The GPU was taken away: the driver restarted, or the system reclaimed it. Everything on it is gone. */
export class GpuLostError extends Error {
  override readonly name = 'GpuLostError';

  constructor() {
    super(
      'The GPU was taken away from this page (its driver restarted, or the system needed it), and the weights of this run are lost with it. Train again; if it happens again, choose a smaller network or batch.',
    );
  }
}
