// The dialog of any verb, made from its arguments. A refusal that names an argument stands beside it; a gate that is not met
// is shown item by item (gate-dialog.tsx).
import { Suspense, useState } from 'react';
import { isProblem } from '../../api/problem.ts';
import type { Field, ProcessState, Value, Verb } from '../../api/types.ts';
import { pick } from '../../i18n/i18n.ts';
import { FieldEditor } from '../fields/field-editor.tsx';
import { fieldsToWire } from '../fields/wire.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { useSend } from '../form/use-send.ts';
import type { VerbDialogProps } from '../slots.ts';
import { GateDialog } from './gate-part.ts';
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
  const { send, busy, refusal, errors, rest } = useSend();
  const own = new Set(verb.arguments.map((one) => one.name));
  const elsewhere = Object.entries(errors).filter(([name]) => !own.has(name));
  const body = fieldsToWire(verb.arguments, draft);
  const submit = async () => {
    await act(record, verb, body);
    onDone();
  };
  if (isProblem(refusal) && refusal.items.some((item) => item.code === 'gate_unmet')) {
    return (
      <Suspense fallback={null}>
        <GateDialog
          object={object}
          record={record}
          verb={verb}
          body={body}
          refusal={refusal}
          onClose={onClose}
          onDone={onDone}
        />
      </Suspense>
    );
  }
  return (
    <FormDialog
      title={pick(verb.label)}
      size="small"
      refusals={[...rest, ...elsewhere.map(([, say]) => say)]}
      deed={pick(verb.label)}
      look={verb.tone === 'bad' ? 'danger' : 'primary'}
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(submit)}
    >
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
    </FormDialog>
  );
}
