// Keeping the plan: anew under a name, or in the place of the one it was taken from.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../api/client.ts';
import { keys } from '../../api/query-keys.ts';
import { changeRecord, createRecord } from '../../api/records.ts';
import type { RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { FormDialog } from '../../records/form/form-dialog.tsx';
import { SharedSelect } from '../../records/form/shared-select.tsx';
import { useSend } from '../../records/form/use-send.ts';
import { Button } from '../../ui/button/button.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { plans } from './take-plan.ts';
import type { ImportState } from './use-import.ts';

export function SavePlan({ state, onClose }: { state: ImportState; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(state.saved?.name ?? '');
  const [shared, setShared] = useState('me');
  const { send, busy, errors, rest } = useSend();
  const keep = async (work: Promise<RecordData>) => {
    const saved = await work;
    await client.invalidateQueries({ queryKey: keys.lists(plans) });
    state.change(() => ({ saved: { id: saved.id, name: String(saved.name) } }));
    toast(t('import.plan_saved', { name: String(saved.name) }), 'good');
    onClose();
  };
  const replace = async (id: string): Promise<RecordData> => {
    const before = await get<RecordData>(`/${plans}/${id}`);
    return changeRecord(plans, id, before.version, { name: name.trim(), plan: state.text });
  };
  const old = state.saved;
  const isDisabled = busy || !name.trim();
  return (
    <FormDialog
      size="small"
      title={t('import.plan_save')}
      refusals={errors.plan ? [...rest, errors.plan] : rest}
      deed={old ? t('import.plan_save_new') : t('common.save')}
      isDisabled={isDisabled}
      other={
        old ? (
          <Button isDisabled={isDisabled} onPress={() => void send(() => keep(replace(old.id)))}>
            {t('import.plan_replace', { name: old.name })}
          </Button>
        ) : null
      }
      onClose={onClose}
      onSubmit={() => void send(() => keep(createRecord(plans, { name: name.trim(), plan: state.text, shared })))}
    >
      <TextInput
        label={t('import.plan_name')}
        help={t('import.plan_name_help')}
        value={name}
        onChange={setName}
        error={errors.name}
        isRequired
        autoFocus
      />
      <SharedSelect label={t('import.plan_shared')} value={shared} onChange={setShared} error={errors.shared} />
    </FormDialog>
  );
}
