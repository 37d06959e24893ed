// Step 1: files are brought one after another; what the server found in each is shown before anything is planned.
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { sentence } from '../../api/problem.ts';
import { count, list } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { Drop } from '../../ui/drop/drop.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Progress } from '../../ui/progress/progress.tsx';
import { Table } from '../../ui/table/table.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { Foot } from './foot.tsx';
import { draftPlan, uploadFile } from './import-api.ts';
import { type ImportFile, isPlanName, type Sheet } from './import-model.ts';
import styles from './import.module.css';
import { FittingPlans } from './saved-plans.tsx';
import { Step } from './step.tsx';
import type { ImportState } from './use-import.ts';
import type { Steps } from './use-step.ts';

type Refused = { name: string; say: string };

export function FilesStep({ state, steps }: { state: ImportState; steps: Steps }) {
  const [uploading, setUploading] = useState('');
  const [refused, setRefused] = useState<Refused[]>([]);
  const take = async (chosen: File[]) => {
    setRefused([]);
    let files = state.files;
    let ownPlan: string | null = null;
    for (const file of chosen) {
      setUploading(file.name);
      try {
        if (isPlanName(file.name)) {
          ownPlan = await file.text();
        } else {
          const known = await uploadFile(file);
          files = [...files.filter((one) => one.name !== known.name), known];
          const now = files;
          state.change(() => ({ files: now }));
        }
      } catch (error) {
        setRefused((old) => [...old, { name: file.name, say: sentence(error) }]);
      }
    }
    setUploading('');
    if (ownPlan !== null) {
      const text = ownPlan;
      state.change(() => ({ text, drafted: [], draftedText: '' }));
    } else await draft(state, files, setRefused);
  };
  // A plan nobody touched follows its files.
  const remove = (file: ImportFile) => {
    const files = state.files.filter((one) => one.file !== file.file);
    const isUntouched = state.text === state.draftedText;
    state.change(() => ({
      files,
      ...(isUntouched && files.length === 0 ? { text: '', draftedText: '', drafted: [], fits: [] } : {}),
    }));
    void draft(state, files, setRefused);
  };
  return (
    <>
      {state.files.length === 0 && state.text === '' && !uploading ? <Elsewhere state={state} /> : null}
      <Step title={t('import.files')}>
        <Drop
          label={t('import.choose_files')}
          help={t('import.files_help')}
          accept=".csv,.tsv,.txt,.xlsx,.yaml,.yml"
          onFiles={take}
          isDisabled={uploading !== ''}
        />
        {uploading ? (
          <div aria-live="polite">
            <p className={styles.about}>{t('import.uploading', { name: uploading })}</p>
            <Progress label={t('import.uploading', { name: uploading })} value={null} />
          </div>
        ) : null}
        {refused.map((one) => (
          <Notice key={one.name} tone="bad">
            {t('import.file_refused', { name: one.name, say: one.say })}
          </Notice>
        ))}
        {state.files.map((file) => (
          <FileCard key={file.file} file={file} isOnly={state.files.length === 1} onRemove={() => remove(file)} />
        ))}
        {state.text !== '' && state.files.length === 0 ? <Notice>{t('import.plan_waits')}</Notice> : null}
        <FittingPlans state={state} />
      </Step>
      {state.files.length > 0 || state.text !== '' ? (
        <Foot
          steps={steps}
          waits={uploading ? t('import.uploading', { name: uploading }) : undefined}
          onDiscard={state.clear}
        />
      ) : null}
    </>
  );
}

async function draft(state: ImportState, files: ImportFile[], onRefused: (refused: Refused[]) => void) {
  if (files.length === 0) return;
  try {
    const { plan, files: drafted, plans: fits } = await draftPlan(files.map((file) => file.file));
    state.change((old) =>
      old.text === old.draftedText ? { text: plan, draftedText: plan, drafted, fits, saved: null } : { fits },
    );
  } catch (error) {
    onRefused([{ name: t('import.plan'), say: sentence(error) }]);
  }
}

const delimiters: { [sign: string]: string } = { '\t': 'Tab' };

function FileCard({ file, isOnly, onRemove }: { file: ImportFile; isOnly: boolean; onRemove: () => void }) {
  const facts = [
    file.kind.toUpperCase(),
    file.encoding,
    file.delimiter && t('import.delimiter', { sign: delimiters[file.delimiter] ?? file.delimiter }),
  ];
  return (
    <article className={styles.card} aria-label={file.name}>
      <header className={styles.cardHead}>
        <h3>{file.name}</h3>
        <Tag>{list(facts.filter((one): one is string => !!one))}</Tag>
        <IconButton label={t('import.remove_file', { name: file.name })} compact onPress={onRemove}>
          <Trash2 size={15} aria-hidden="true" />
        </IconButton>
      </header>
      {file.sheets.map((sheet, at) => (
        <SheetFacts key={sheet.name} file={file} sheet={sheet} isOpen={isOnly && at === 0} />
      ))}
    </article>
  );
}

function SheetFacts({ file, sheet, isOpen }: { file: ImportFile; sheet: Sheet; isOpen: boolean }) {
  const said = t('import.sheet', { rows: count(sheet.rows), columns: sheet.columns.length });
  return (
    <details className={styles.sheet} open={isOpen}>
      <summary>{sheet.name ? `${sheet.name} · ${said}` : said}</summary>
      {sheet.sample.length > 0 ? (
        <Table
          onPhone="table"
          label={t('import.first_rows', { name: sheet.name || file.name })}
          rows={sheet.sample.map((cells, at) => ({ cells, at }))}
          rowKey={(row) => String(row.at)}
          columns={sheet.columns.map((head, at) => ({
            key: String(at),
            head,
            cell: (row: { cells: string[]; at: number }) => row.cells[at] ?? '',
          }))}
        />
      ) : null}
    </details>
  );
}
