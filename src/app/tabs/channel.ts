import { parseEnvelope, type TabEnvelope, type TabMessage, VERSION } from './messages.ts';

/** The part of a BroadcastChannel that is needed here. */
export interface Broadcast {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** Messages between the tabs of the app. None hears itself. */
export interface TabChannel {
  /** The name of this tab among them. */
  readonly id: string;
  readonly version: string;
  post(message: TabMessage): void;
  listen(listener: (envelope: TabEnvelope) => void): void;
}

/** A channel over a broadcast. Whatever is no message of the app is passed over. */
export function createTabChannel(broadcast: Broadcast, id: string, version: string = VERSION): TabChannel {
  return {
    id,
    version,
    post: (message) => broadcast.postMessage({ app: 'fitting-room', version, from: id, message }),
    listen(listener) {
      broadcast.addEventListener('message', ({ data }) => {
        const envelope = parseEnvelope(data);
        if (envelope !== null) listener(envelope);
      });
    },
  };
}
