import { memo, useEffect, useRef } from 'react';
import { at } from '../../../core/at.ts';
import { INPUT_ID, referenceOf } from '../../../core/network/network.ts';
import { skipBlockOf } from '../../../core/network/skip-blocks.ts';
import { classNames } from '../../../ui/base/class-names.ts';
import { LayerWire, type WireMark } from '../../../ui/card/LayerWire.tsx';
import { StackRow } from '../../../ui/card/SkipLines.tsx';
import { useAnalysis } from '../../analysis.ts';
import { useRuling } from '../../ruling.tsx';
import type { Panel } from '../editing/panel.ts';
import { usePanelActions } from '../editing/panel-actions.ts';
import { BracketHandle } from './BracketHandle.tsx';
import { bracketsOf, rowLines } from './brackets.ts';
import { loadDetails } from './card-details.ts';
import { InputCard } from './InputCard.tsx';
import { Layer, Problem } from './Layer.tsx';
import type { Lifted } from './sorter.ts';
import { useSorter } from './use-sorter.ts';
import { useStackEvents } from './use-stack-events.ts';
import { useKeptFocus, useRequestedFocus } from './use-stack-focus.ts';

/** Props of {@link LayerStack}. */
export interface LayerStackProps {
  readonly panel: Panel;
  /** The place where the button above the stack inserts. */
  readonly nextIndex: number;
}

/** The cards from the Input down, with a wire above each that takes a new layer. One stop for Tab, arrow keys inside. */
export function LayerStack({ panel, nextIndex }: LayerStackProps) {
  const { layers } = useAnalysis();
  const stack = useRef<HTMLDivElement>(null);
  useEffect(loadDetails, []);
  const [sorter, lifted] = useSorter(stack);
  const ids = [INPUT_ID, ...layers.map(({ spec }) => spec.id)];
  useRequestedFocus(stack, panel.focus);
  useKeptFocus(stack, ids, panel.activeId);
  const { heldId, events } = useStackEvents({ panel, stack, sorter, ids });
  const activeId = ids.includes(panel.activeId) ? panel.activeId : INPUT_ID;
  const last = layers.at(-1);
  const chosen = panel.opened?.kind === 'palette' ? panel.opened.index : null;
  const mark: Mark = { index: chosen ?? nextIndex, isChosen: chosen !== null };
  const takesMore =
    last === undefined || chosen === layers.length || last.issues.some(({ severity }) => severity === 'error');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a group of fields, and each card is one.
    <div
      className={lifted ? 'stack scroll is-sorting' : 'stack scroll'}
      role="group"
      aria-label="Layer stack"
      ref={stack}
      {...events}
      onPointerDown={(event) => sorter.pointerDown(event)}
      onPointerMove={(event) => sorter.pointerMove(event)}
      onPointerUp={() => sorter.pointerUp()}
      onPointerCancel={() => sorter.cancel()}
    >
      <InputCard open={panel.openId === INPUT_ID} active={activeId === INPUT_ID} />
      <StackRows mark={mark} openId={panel.openId} activeId={activeId} heldId={heldId} lifted={lifted} />
      {takesMore && <Wire index={layers.length} mark={markAt(layers.length, mark)} above={last?.name ?? 'Input'} />}
      <WholeIssues />
      <p className="stack-note">
        {useRuling().networkNote ?? (
          <>
            Drag a card by its dots to move it, or press <b>+</b> between two cards to add a layer.
          </>
        )}
      </p>
    </div>
  );
}

/** The place that is marked, and whether the palette is open for it. */
interface Mark {
  readonly index: number;
  readonly isChosen: boolean;
}

function markAt(index: number, mark: Mark): WireMark | undefined {
  if (index !== mark.index) return undefined;
  return mark.isChosen ? 'chosen' : 'next';
}

interface StackRowsProps {
  readonly mark: Mark;
  readonly openId: string | null;
  readonly activeId: string;
  /** The last layer of the block whose bracket has the focus. */
  readonly heldId: string | null;
  readonly lifted: Lifted | null;
}

/** The cards of the layers, each with the wire above it and the brackets beside it. */
function StackRows({ mark, openId, activeId, heldId, lifted }: StackRowsProps) {
  const { layers } = useAnalysis();
  const network = { layers: layers.map(({ spec }) => spec) };
  const names = new Map(layers.map(({ spec, name }) => [spec.id, name]));
  const brackets = bracketsOf(network.layers);
  const lines = rowLines(brackets, layers.length);
  const held = heldId === null ? null : skipBlockOf(network, heldId);
  return layers.map((report, index) => {
    const { id } = report.spec;
    const isLifted = lifted?.id === id;
    const isHeld = held !== null && index >= held.first && index <= held.last;
    const className = classNames(isLifted && 'is-lifted', isHeld && 'is-held');
    const ending = brackets.find(({ to, block }) => to === index && block === id);
    return (
      <StackRow key={id} data-row={id} className={className} {...at(lines, index)}>
        {ending && <BracketHandle lane={ending.lane} id={id} name={report.name} />}
        <Wire index={index} mark={markAt(index, mark)} above={layers[index - 1]?.name ?? 'Input'} />
        <Layer
          report={report}
          source={sourceName(names, referenceOf(report.spec))}
          open={openId === id}
          active={activeId === id}
          lifted={isLifted}
        />
        {isLifted && lifted.problem !== null && <p className="drop-note">{lifted.problem}</p>}
      </StackRow>
    );
  });
}

function sourceName(names: ReadonlyMap<string, string>, from: string | null): string | undefined {
  if (from === null) return undefined;
  return from === INPUT_ID ? 'Input' : (names.get(from) ?? 'a layer that is gone');
}

interface WireProps {
  readonly index: number;
  readonly above: string;
  readonly mark: WireMark | undefined;
}

const Wire = memo(function Wire({ index, above, mark }: WireProps) {
  const { open } = usePanelActions();
  return (
    <LayerWire
      label={`Insert a layer after ${above}`}
      mark={mark}
      tabIndex={-1}
      aria-haspopup="dialog"
      onClick={({ currentTarget }) => open({ kind: 'palette', index, asked: true, anchor: currentTarget })}
    />
  );
});

/** Issues of the network as a whole, such as that it is empty. */
function WholeIssues() {
  const { issues } = useAnalysis();
  return issues
    .filter((issue) => issue.layerId === null)
    .map((issue) => (
      <div key={issue.code} className="whole-issue">
        <Problem issue={issue} />
      </div>
    ));
}
