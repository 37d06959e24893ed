// A new role begins with the rights of another.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { refreshDefinitions } from '../../../api/describe.ts';
import { fieldErrors } from '../../../api/problem.ts';
import { createRecord } from '../../../api/records.ts';
import type { RecordData } from '../../../api/types.ts';
import { t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { Select } from '../../../ui/field/select.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { namedIn } from '../named.ts';
import { keyFrom } from '../objects/field-model.ts';
import styles from '../forms.module.css';

export function RoleDialog({ roles, from, onClose }: { roles: RecordData[]; from?: RecordData; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [english, setEnglish] = useState('');
  const [source, setSource] = useState(from?.id ?? roles[0]?.id ?? '');
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { fields: errors, rest } = fieldErrors(refusal);
  const save = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      const key = keyFrom(
        english,
        roles.map((role) => String(role.key)),
        '',
        'role',
      );
      const rights = roles.find((role) => role.id === source)?.rights;
      const made = await createRecord('roles', { name, name_en: english || null, key, rights });
      await refreshDefinitions(client);
      toast(t('settings.role.added', { name }), 'good');
      onClose();
      void navigate({ to: `/settings/roles/${made.id}` });
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('settings.role.add')}
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
        <div className={styles.pair}>
          <TextInput
            label={t('settings.label_zh')}
            value={name}
            onChange={setName}
            error={errors.name}
            isRequired
            autoFocus
          />
          <TextInput label={t('settings.label_en')} value={english} onChange={setEnglish} error={errors.key} />
        </div>
        <Select
          label={t('settings.role.copy_from')}
          value={source}
          onChange={(key) => setSource(key ?? '')}
          options={roles.map((role) => ({ key: role.id, label: namedIn(role) }))}
        />
      </div>
    </Dialog>
  );
}
