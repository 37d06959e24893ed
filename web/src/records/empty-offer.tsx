import { createElement, Suspense } from 'react';
import { offerOfEmpty } from './slots.ts';

export function EmptyOffer() {
  const offer = offerOfEmpty();
  return offer ? <Suspense fallback={null}>{createElement(offer)}</Suspense> : null;
}
