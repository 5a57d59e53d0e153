import type { Answerer } from '../core/explaining/feature-neighbours.ts';
import type { Graph } from '../core/network/graph.ts';
import type { Predictor } from '../engine/engine.ts';
import type { Session } from './session.ts';
import type { LoadedNetwork } from './shipped.ts';

/** What the network that ships with the app can be asked. */
type Answering = Pick<Predictor, 'features' | 'predict'>;

/** What is needed of the network that ships with the app. */
interface PreTrained extends Pick<LoadedNetwork, 'graph'> {
  readonly manifest: Pick<LoadedNetwork['manifest'], 'steps' | 'testAccuracy'>;
  readonly predictor: Answering;
}

/** Where the newest network is found. */
export interface NetworkSources {
  readonly shipped: { network(): Promise<PreTrained | null> };
  /** The run that the worker holds; null while there is none. */
  session(): Session | null;
}

/** The newest network, which holds still while it is asked. */
export interface NewestNetwork {
  readonly by: Answerer;
  readonly graph: Graph;
  readonly network: Answering;
}

/**
 * Asks the run's network, which takes no step meanwhile; before it has taken one, the network that ships with the app. Null
 * where there is neither.
 */
export async function askNewest<Answer>(
  { shipped, session }: NetworkSources,
  question: (newest: NewestNetwork) => Promise<Answer>,
): Promise<Answer | null> {
  const current = session();
  const trained = current?.ask((network) => {
    const by = { run: current.run, step: network.step, testAccuracy: null };
    return question({ by, graph: current.graph, network });
  });
  const answer = (await trained) ?? null;
  if (answer !== null) return answer;
  const loaded = await shipped.network();
  if (loaded === null) return null;
  const { manifest, graph, predictor: network } = loaded;
  const by = { run: 'shipped', step: manifest.steps, testAccuracy: manifest.testAccuracy } as const;
  return question({ by, graph, network });
}
