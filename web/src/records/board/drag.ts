// Dragging with the mouse, loaded once the board stands. A finger never drags: it has the menu and the swipe.
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';

import type { RecordData } from '../../api/types.ts';

export type Place = { stage?: string; verb?: string };
export type Dragged = { card: RecordData; from: string };
const kind = 'board-card';

export function bindCard(element: HTMLElement, card: Dragged): () => void {
  return draggable({ element, getInitialData: () => ({ kind, ...card }) });
}

export function bindPlace(element: HTMLElement, place: Place): () => void {
  return dropTargetForElements({ element, getData: () => place, canDrop: ({ source }) => source.data.kind === kind });
}

type Hands = {
  onStart: (card: Dragged) => void;
  onOver: (place: Place | null) => void;
  onEnd: (card: Dragged, place: Place | null) => void;
};

const edge_px = 72;
const step_px = 14;

// Near an edge the columns move along, as long as the pointer stays there.
function follow(scroller: HTMLElement) {
  let frame = 0;
  let x = Number.NaN;
  const step = () => {
    const { left, right } = scroller.getBoundingClientRect();
    if (x < left + edge_px) scroller.scrollLeft -= step_px;
    else if (x > right - edge_px) scroller.scrollLeft += step_px;
    frame = requestAnimationFrame(step);
  };
  return {
    start: () => {
      x = Number.NaN;
      frame = requestAnimationFrame(step);
    },
    at: (clientX: number) => {
      x = clientX;
    },
    stop: () => cancelAnimationFrame(frame),
  };
}

const placeOf = (targets: { data: object }[]) => (targets[0]?.data as Place | undefined) ?? null;
const cardOf = ({ data }: { data: object }) => data as Dragged;

export function bindBoard(scroller: HTMLElement, hands: Hands): () => void {
  const along = follow(scroller);
  const monitor = monitorForElements({
    canMonitor: ({ source }) => source.data.kind === kind,
    onDragStart: ({ source }) => {
      along.start();
      hands.onStart(cardOf(source));
    },
    onDrag: ({ location }) => along.at(location.current.input.clientX),
    onDropTargetChange: ({ location }) => hands.onOver(placeOf(location.current.dropTargets)),
    onDrop: ({ source, location }) => {
      along.stop();
      hands.onEnd(cardOf(source), placeOf(location.current.dropTargets));
    },
  });
  return combine(monitor, along.stop);
}
