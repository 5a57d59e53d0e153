import { INPUT_ID } from '../../../core/network/network.ts';
import type { Draft } from '../../../state/draft.ts';

/** What opens beside a control or above the page; one at a time. */
export type Opened =
  /** The list of layers to insert before layer `index`; `asked` where that very place was asked for. */
  | { readonly kind: 'palette'; readonly index: number; readonly asked: boolean; readonly anchor: Element }
  /** Everything that can be done with the layer `id`. */
  | { readonly kind: 'layer-menu'; readonly id: string; readonly anchor: Element }
  /** Everything that can be done with the whole network. */
  | { readonly kind: 'model-menu'; readonly anchor: Element }
  /** What the figures below the stack are made of. */
  | { readonly kind: 'cost'; readonly anchor: Element }
  /** What the next run begins with. */
  | { readonly kind: 'weights'; readonly anchor: Element }
  /** The table of all layers. */
  | { readonly kind: 'summary' }
  /** The network and the recipe as a Python program. */
  | { readonly kind: 'program' }
  /** Layers as text, to be copied by hand. */
  | { readonly kind: 'copy-text'; readonly text: string }
  /** A field for the text of layers, which go behind the layer `after`. */
  | { readonly kind: 'paste-text'; readonly after: string; readonly text: string };

/** A message; a new object each time, so that the same text can be shown twice. */
export interface Announcement {
  readonly text: string;
  readonly count: number;
}

/**
 * A short message that disappears by itself. While the draft is still `draft`, the edit can be undone, and the focus is
 * then on `id`.
 */
export interface Note {
  readonly message: string;
  readonly count: number;
  readonly undo: { readonly id: string; readonly draft: Draft } | null;
}

/** The state of the Model panel, besides the draft that it shows. */
export interface Panel {
  /** The card that Tab leads to: the id of its layer, or `input`. */
  readonly activeId: string;
  readonly openId: string | null;
  /** The layer that the next one goes behind: the one opened or inserted last; null where none was. */
  readonly afterId: string | null;
  readonly opened: Opened | null;
  /** The card to take the focus next; a new object for each time. */
  readonly focus: { readonly id: string } | null;
  /** For screen readers: what the last edit did. */
  readonly said: Announcement;
  readonly note: Note | null;
}

export const CLOSED_PANEL: Panel = {
  activeId: INPUT_ID,
  openId: null,
  afterId: null,
  opened: null,
  focus: null,
  said: { text: '', count: 0 },
  note: null,
};

/** What happens in the panel. */
export type PanelEvent =
  | { readonly type: 'activated'; readonly id: string }
  | { readonly type: 'toggled'; readonly id: string }
  | { readonly type: 'opened'; readonly opened: Opened }
  | { readonly type: 'closed' }
  /** The open palette inserts before another layer. */
  | { readonly type: 'placed'; readonly index: number }
  | { readonly type: 'inserted'; readonly first: string; readonly last: string }
  | { readonly type: 'focused'; readonly id: string }
  | { readonly type: 'said'; readonly text: string }
  | { readonly type: 'noted'; readonly message: string; readonly undo: Note['undo'] }
  | { readonly type: 'dismissed' };

/** The panel after an event. */
export function panelAfter(panel: Panel, event: PanelEvent): Panel {
  switch (event.type) {
    case 'activated':
      return panel.activeId === event.id ? panel : { ...panel, activeId: event.id };
    case 'toggled': {
      const openId = panel.openId === event.id ? null : event.id;
      return { ...panel, activeId: event.id, openId, afterId: openId };
    }
    case 'opened':
      return { ...panel, opened: sameOpened(panel.opened, event.opened) ? null : event.opened };
    case 'closed':
      return { ...panel, opened: null };
    case 'placed':
      if (panel.opened?.kind !== 'palette') return panel;
      return { ...panel, opened: { ...panel.opened, index: event.index, asked: true } };
    case 'inserted': {
      const { first, last } = event;
      const openId = first === last ? first : panel.openId;
      return { ...panel, activeId: first, focus: { id: first }, openId, afterId: last };
    }
    case 'focused':
      return { ...panel, activeId: event.id, focus: { id: event.id } };
    case 'said':
      return { ...panel, said: { text: event.text, count: panel.said.count + 1 } };
    case 'noted': {
      const { message, undo } = event;
      return { ...panel, note: { message, undo, count: (panel.note?.count ?? 0) + 1 } };
    }
    case 'dismissed':
      return { ...panel, note: null };
    default:
      return event satisfies never;
  }
}

/** The control that opened something closes it as well. */
function sameOpened(a: Opened | null, b: Opened): boolean {
  return a?.kind === b.kind && 'anchor' in a && 'anchor' in b && a.anchor === b.anchor;
}
