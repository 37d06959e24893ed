// The name of a view and who may use it: of a new one, or of one that is there.
import { useState } from 'react';
import { changeRecord, createRecord } from '../../api/records.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { SharedSelect } from '../form/shared-select.tsx';
import { useSend } from '../form/use-send.ts';
import { TextInput } from '../../ui/field/text-input.tsx';

type Props = {
  object: ObjectDef;
  body: { [field: string]: unknown };
  // The view that gets another name; without it a new one is made of `body`.
  record?: RecordData;
  onClose: () => void;
  onSaved: (view: RecordData) => void;
};

export function ViewDialog({ object, body, record, onClose, onSaved }: Props) {
  const [name, setName] = useState(String(record?.name ?? ''));
  const [shared, setShared] = useState(String(record?.shared ?? 'me'));
  const { send, busy, errors, rest } = useSend();
  const save = async () => {
    const said = { name: name.trim(), shared };
    onSaved(
      record
        ? await changeRecord('views', record.id, record.version, said)
        : await createRecord('views', { ...body, ...said, object: object.name }),
    );
  };
  return (
    <FormDialog
      size="small"
      title={t(record ? 'views.rename' : 'views.save_as')}
      refusals={rest}
      isDisabled={busy || !name.trim()}
      onClose={onClose}
      onSubmit={() => void send(save)}
    >
      <TextInput label={t('views.name')} value={name} onChange={setName} error={errors.name} isRequired autoFocus />
      <SharedSelect label={t('views.shared')} value={shared} onChange={setShared} error={errors.shared} />
    </FormDialog>
  );
}
