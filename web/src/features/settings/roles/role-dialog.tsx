// A new role begins with the rights of another.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { refreshDefinitions } from '../../../api/describe.ts';
import { createRecord } from '../../../api/records.ts';
import type { RecordData } from '../../../api/types.ts';
import { t } from '../../../i18n/i18n.ts';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { useSend } from '../../../records/form/use-send.ts';
import { Select } from '../../../ui/field/select.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { NamePair } from '../name-pair.tsx';
import { namedIn } from '../named.ts';
import { keyFrom } from '../objects/field-model.ts';

export function RoleDialog({ roles, from, onClose }: { roles: RecordData[]; from?: RecordData; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [english, setEnglish] = useState('');
  const [source, setSource] = useState(from?.id ?? roles[0]?.id ?? '');
  const { send, busy, errors, rest } = useSend();
  const save = async () => {
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
  };
  return (
    <FormDialog
      title={t('settings.role.add')}
      refusals={rest}
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(save)}
    >
      <NamePair
        zh={name}
        en={english}
        onZh={setName}
        onEn={setEnglish}
        errors={{ zh: errors.name, en: errors.name_en ?? errors.key }}
      />
      <Select
        label={t('settings.role.copy_from')}
        value={source}
        onChange={(key) => setSource(key ?? '')}
        options={roles.map((role) => ({ key: role.id, label: namedIn(role) }))}
      />
    </FormDialog>
  );
}
