// The dialog of any verb, made from its arguments. A refusal that names an argument stands beside it; a gate that is not met
// is shown item by item (gate-dialog.tsx).
import { useState } from 'react';
import { fieldErrors, isProblem } from '../../api/problem.ts';
import type { Field, ProcessState, Value, Verb } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { fieldsToWire } from '../fields/wire.ts';
import form from '../form/form.module.css';
import type { VerbDialogProps } from '../slots.ts';
import { GateDialog } from './gate-dialog.tsx';
import { useAct } from './use-act.ts';

type Props = VerbDialogProps & { preset?: { [name: string]: Value }; process?: ProcessState };

// A stage is asked for by its key; a person chooses among those the move can reach.
function stageArgument(field: Field, verb: Verb, process: ProcessState | undefined): Field {
  if (field.name !== 'to' || field.type !== 'text' || !process) return field;
  const wanted = verb.name === 'step_back' ? 'done' : 'ahead';
  const choices = process.stages
    .filter((stage) => stage.state === wanted)
    .map((stage) => ({
      key: stage.key,
      label: typeof stage.label === 'string' ? { zh: stage.label, en: stage.label } : stage.label,
      active: true,
    }));
  return { ...field, type: 'choice', choices };
}

export function VerbDialog({ object, record, verb, preset = {}, process, onClose, onDone }: Props) {
  const fields = verb.arguments.map((field) => stageArgument(field, verb, process));
  const act = useAct(object);
  const [draft, setDraft] = useState<{ [name: string]: Value }>(preset);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { fields: errors, rest } = fieldErrors(refusal);
  const own = new Set(verb.arguments.map((one) => one.name));
  const elsewhere = Object.entries(errors).filter(([name]) => !own.has(name));
  const body = fieldsToWire(verb.arguments, draft);
  const submit = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await act(record, verb, body);
      onDone();
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  if (isProblem(refusal) && refusal.items.some((item) => item.code === 'gate_unmet')) {
    return (
      <GateDialog
        object={object}
        record={record}
        verb={verb}
        body={body}
        refusal={refusal}
        onClose={onClose}
        onDone={onDone}
      />
    );
  }
  return (
    <Dialog
      title={pick(verb.label)}
      size="small"
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look={verb.tone === 'bad' ? 'danger' : 'primary'} isDisabled={busy}>
            {pick(verb.label)}
          </Button>
        </>
      }
    >
      <div className={form.form}>
        {rest.length > 0 || elsewhere.length > 0 ? (
          <Notice tone="bad">{[...rest, ...elsewhere.map(([, say]) => say)].join(' ')}</Notice>
        ) : null}
        {fields.map((field, at) => (
          <FieldEditor
            key={field.name}
            field={field}
            value={draft[field.name] ?? null}
            error={errors[field.name]}
            autoFocus={at === 0}
            onChange={(value) => setDraft((old) => ({ ...old, [field.name]: value }))}
          />
        ))}
      </div>
    </Dialog>
  );
}
