// Where a feature plugs its own screen into the generic ones: the dialog of one verb. Filled once, in app/wiring.ts.
import type { ComponentType } from 'react';
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

export const verbDialog = (object: string, verb: string) => dialogs.get(`${object}.${verb}`);
