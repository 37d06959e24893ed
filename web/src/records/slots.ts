// Where a feature plugs its own screen into the generic ones: the dialog of one verb, a panel of the record page. Filled once, in
// app/wiring.ts.
import { type ComponentType, createElement, type ReactNode } from 'react';
import type { ObjectDef, RecordData, Verb } from '../api/types.ts';

export type VerbDialogProps = {
  object: ObjectDef;
  record: RecordData;
  verb: Verb;
  onClose: () => void;
  onDone: () => void;
};

const dialogs = new Map<string, ComponentType<VerbDialogProps>>();

export function plugVerbDialog(object: string, verb: string, dialog: ComponentType<VerbDialogProps>) {
  dialogs.set(`${object}.${verb}`, dialog);
}

// What an empty place may offer beside its own one action; it shows nothing where it has nothing to offer.
let emptyOffer: ComponentType | null = null;

export function plugEmptyOffer(offer: ComponentType) {
  emptyOffer = offer;
}
export const offerOfEmpty = () => emptyOffer;

export const verbDialog = (object: string, verb: string) => dialogs.get(`${object}.${verb}`);

// Named places of the record page; nothing is drawn where nothing was plugged.
export type RecordPlace = 'decision_chain' | 'merge';
export type RecordPanelProps = { object: ObjectDef; record: RecordData };

const panels = new Map<string, ComponentType<RecordPanelProps>>();

export function plugRecordPanel(place: RecordPlace, object: string, panel: ComponentType<RecordPanelProps>) {
  panels.set(`${place}.${object}`, panel);
}

export function RecordSlot({ place, ...props }: RecordPanelProps & { place: RecordPlace }): ReactNode {
  const panel = panels.get(`${place}.${props.object.name}`);
  return panel ? createElement(panel, props) : null;
}
