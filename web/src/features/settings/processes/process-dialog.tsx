// Naming a process, or beginning one from another's stages.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { get } from '../../../api/client.ts';
import { refreshDefinitions, useCatalogue } from '../../../api/describe.ts';
import { act, changeRecord, createRecord } from '../../../api/records.ts';
import type { RecordData } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { useSend } from '../../../records/form/use-send.ts';
import { Checkbox } from '../../../ui/field/checkbox.tsx';
import { Select } from '../../../ui/field/select.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { NamePair } from '../name-pair.tsx';
import { namedIn } from '../named.ts';
import { keyFrom } from '../objects/field-model.ts';
import { objectOf, type Process } from './process-api.ts';

export function ProcessDialog(props: { process?: Process; processes: Process[]; onClose: () => void }) {
  const { process, processes, onClose } = props;
  const client = useQueryClient();
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  const [name, setName] = useState(String(process?.name ?? ''));
  const [english, setEnglish] = useState(String(process?.name_en ?? ''));
  const [from, setFrom] = useState(processes[0]?.id ?? '');
  const [isDefault, setDefault] = useState(process?.is_default === true);
  const [active, setActive] = useState(process?.active !== false);
  const { send, busy, errors, rest } = useSend();
  const save = async () => {
    const body = { name, name_en: english || null, is_default: isDefault, active };
    const id = process
      ? (await changeRecord('processes', process.id, process.version, body)).id
      : await begin(
          body,
          processes.find((one) => one.id === from),
        );
    await refreshDefinitions(client);
    toast(t(process ? 'settings.process.saved' : 'settings.process.added', { name }), 'good');
    onClose();
    void navigate({ to: `/settings/processes/${id}` });
  };
  const begin = async (body: { [field: string]: unknown }, source: Process | undefined): Promise<string> => {
    const key = keyFrom(
      english,
      processes.map((one) => String(one.key)),
      '',
      'process',
    );
    const made = await createRecord('processes', { ...body, key, runs_on: source ? objectOf(source) : 'deal' });
    const version = await get<RecordData>(`/process_versions/${source?.active_version?.id}`);
    await act('processes', made.id, 'publish', { document: version.document });
    return made.id;
  };
  return (
    <FormDialog
      title={process ? t('settings.process.edit') : t('settings.process.add')}
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
      {process ? null : (
        <Select
          label={t('settings.process.copy_from')}
          help={t('settings.process.copy_help')}
          value={from}
          onChange={(key) => setFrom(key ?? '')}
          options={processes.map((one) => ({
            key: one.id,
            label: t('settings.process.of', {
              name: namedIn(one),
              object: pick(catalogue.object(objectOf(one))?.label),
            }),
          }))}
        />
      )}
      <Checkbox isSelected={isDefault} onChange={setDefault}>
        {t('settings.process.make_default')}
      </Checkbox>
      {process ? (
        <Checkbox isSelected={active} onChange={setActive}>
          {t('settings.process.active')}
        </Checkbox>
      ) : null}
    </FormDialog>
  );
}
