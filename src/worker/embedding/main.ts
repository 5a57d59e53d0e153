import type { EmbeddingEvent, EmbeddingQuestion } from '../../protocol/embedding.ts';
import type { Port } from '../../protocol/port.ts';
import { embed } from './embed.ts';

declare const self: Port<EmbeddingEvent, EmbeddingQuestion>;

/** Rounds between two reports. */
const REPORTED = 10;

self.addEventListener('message', ({ data }) => {
  const embedding = embed(data, (done, total) => {
    if (done % REPORTED === 0) self.postMessage({ type: 'progressed', done, total }, []);
  });
  self.postMessage({ type: 'embedded', embedding }, [embedding.points.buffer]);
});
