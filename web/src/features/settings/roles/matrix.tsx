// Objects by actions, a level in each cell; an object opens to its fields. On a telephone an object is a line that opens to both.
import { useState } from 'react';
import { useCatalogue } from '../../../api/describe.ts';
import type { ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { usePhone } from '../../../lib/media.ts';
import type { MatrixRow } from './matrix-cells.tsx';
import { MatrixGrid } from './matrix-grid.tsx';
import { MatrixLines } from './matrix-lines.tsx';
import { everything, type Rights } from './rights-model.ts';
import forms from '../forms.module.css';
import { inOrder } from '../in-order.ts';
import styles from '../settings.module.css';

type Props = { rights: Rights; onChange: (rights: Rights) => void };

export function Matrix({ rights, onChange }: Props) {
  const catalogue = useCatalogue();
  const [open, setOpen] = useState('');
  const rowOf = (name: string, label: string, object?: ObjectDef): MatrixRow => ({
    name,
    label,
    object,
    rights,
    onChange,
    isOpen: open === name,
    onToggle: () => setOpen(open === name ? '' : name),
  });
  const rows = [
    rowOf(everything, t('settings.rights.others')),
    ...inOrder(catalogue.objects).map((object) => rowOf(object.name, pick(object.label), object)),
  ];
  return (
    <section aria-label={t('settings.matrix')} className={forms.checks}>
      <p className={styles.help}>{t('settings.matrix_help')}</p>
      {usePhone() ? <MatrixLines rows={rows} /> : <MatrixGrid rows={rows} />}
    </section>
  );
}
