// Granting, refusing and taking back, pressed on an approval's own page: the same dialog, with what is missing.
import type { VerbDialogProps } from '../slots.ts';
import { ApprovalDialog } from './approval-dialog.tsx';

export const DecisionDialog = ({ record, onClose }: VerbDialogProps) => (
  <ApprovalDialog id={record.id} onClose={onClose} />
);
