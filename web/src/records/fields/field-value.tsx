import { useCatalogue } from '../../api/describe.ts';
import type { Choice, Field, Reference, Value } from '../../api/types.ts';
import { Tag, type TagTone } from '../../ui/tag/tag.tsx';
import { PlainLink } from '../plain-link.tsx';
import { MentionText } from './mention-text.tsx';
import { choiceText, valueText } from './value-text.ts';

export function toneOf(choice: Choice | undefined): TagTone {
  return choice?.tone ?? 'plain';
}

// `links` is off where the whole row or cell is already something to press.
export function FieldValue({ field, value, links = true }: { field: Field; value: Value; links?: boolean }) {
  const text = valueText(field, value);
  if (text === '') return null;
  if (field.type === 'choice' && field.choices?.some((choice) => choice.tone && choice.tone !== 'plain')) {
    return <Tag tone={toneOf(field.choices.find((choice) => choice.key === value))}>{text}</Tag>;
  }
  if (field.type === 'choices' && Array.isArray(value)) {
    return value.map((key) => (
      <span key={key}>
        <Tag>{choiceText(field, key)}</Tag>{' '}
      </span>
    ));
  }
  if (field.kind === 'long' && String(value).includes('@[')) return <MentionText text={String(value)} />;
  if (!links || field.access === 'masked') return text;
  if (field.type === 'reference' && typeof value === 'object')
    return <ReferenceLink field={field} reference={value as Reference} />;
  if (field.type === 'text' && field.kind === 'email') return <a href={`mailto:${value}`}>{text}</a>;
  if (field.type === 'text' && field.kind === 'phone')
    return <a href={`tel:${String(value).replace(/[^\d+]/g, '')}`}>{text}</a>;
  if (field.type === 'text' && field.kind === 'url' && /^https?:\/\//.test(String(value))) {
    return (
      <a href={String(value)} target="_blank" rel="noreferrer noopener">
        {text.replace(/^https?:\/\//, '')}
      </a>
    );
  }
  return text;
}

function ReferenceLink({ field, reference }: { field: Field; reference: Reference }) {
  const target = useCatalogue().object(field.target);
  if (!target?.rights.read) return reference.name;
  return <PlainLink to={`/${target.plural}/${reference.id}`}>{reference.name}</PlainLink>;
}
