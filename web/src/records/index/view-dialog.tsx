// The name of a view and who may use it: of a new one, or of one that is there.
import { useState } from 'react';
import { fieldErrors } from '../../api/problem.ts';
import { changeRecord, createRecord } from '../../api/records.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Select } from '../../ui/field/select.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import form from '../form/form.module.css';

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
  const [refusal, setRefusal] = useState<unknown>(null);
  const { fields, rest } = fieldErrors(refusal);
  const save = async () => {
    const said = { name: name.trim(), shared };
    try {
      onSaved(
        record
          ? await changeRecord('views', record.id, record.version, said)
          : await createRecord('views', { ...body, ...said, object: object.name }),
      );
    } catch (error) {
      setRefusal(error);
    }
  };
  return (
    <Dialog
      size="small"
      title={t(record ? 'views.rename' : 'views.save_as')}
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={!name.trim()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className={form.form}>
        {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
        <TextInput label={t('views.name')} value={name} onChange={setName} error={fields.name} isRequired autoFocus />
        <Select
          label={t('views.shared')}
          value={shared}
          onChange={(key) => setShared(key ?? 'me')}
          error={fields.shared}
          options={(['me', 'team', 'all'] as const).map((key) => ({ key, label: t(`views.shared.${key}`) }))}
        />
      </div>
    </Dialog>
  );
}
