import { useTranslation } from 'react-i18next';
import { formatSquareKilometres } from '@/shared/format';
import { LONG_AGO } from '@/shared/longAgo';
import { decodeArea, squareMetresOf } from '@/shared/map/areas';
import type { Asked } from '@/shared/patterns/FilterBar';
import type { CustomerAsk } from './filter';

/** What a figure elsewhere asks of the list and the bar has no field for: said in words, and let go of one by one. */
export function useAskedByAddress(ask: CustomerAsk, change: (part: Partial<CustomerAsk>) => void): Asked[] {
  const { t } = useTranslation();
  const asked: Asked[] = [];
  if (ask.bands.length > 0) {
    const bands = ask.bands.join(t('unit.listSeparator'));
    asked.push({ name: 'bands', words: t('customers.bands', { bands }), onDrop: () => change({ bands: [] }) });
  }
  if (ask.visitedFrom) {
    const isEver = ask.visitedFrom === LONG_AGO;
    const words = isEver ? t('customers.visitedEver') : t('customers.visitedFrom', { day: ask.visitedFrom });
    asked.push({ name: 'visited', words, onDrop: () => change({ visitedFrom: null }) });
  }
  if (ask.unvisitedFrom) {
    const isNever = ask.unvisitedFrom === LONG_AGO;
    const words = isNever ? t('customers.neverVisited') : t('customers.unvisitedFrom', { day: ask.unvisitedFrom });
    asked.push({ name: 'unvisited', words, onDrop: () => change({ unvisitedFrom: null }) });
  }
  if (ask.visitedHereFrom) {
    const words = t('customers.visitedHereFrom', { day: ask.visitedHereFrom });
    asked.push({ name: 'visitedHere', words, onDrop: () => change({ visitedHereFrom: null }) });
  }
  if (ask.dueFrom || ask.dueTo) {
    const words = t('customers.dueBetween', { from: ask.dueFrom ?? '', to: ask.dueTo ?? '' });
    asked.push({ name: 'due', words, onDrop: () => change({ dueFrom: null, dueTo: null }) });
  }
  if (ask.ages.length > 0) {
    const ages = ask.ages.join(t('unit.listSeparator'));
    asked.push({ name: 'ages', words: t('customers.ages', { ages }), onDrop: () => change({ ages: [] }) });
  }
  if (ask.lineFromWan !== null) {
    const words = t('customers.lineFrom', { from: ask.lineFromWan });
    asked.push({ name: 'line', words, onDrop: () => change({ lineFromWan: null }) });
  }
  if (ask.turnoverFromWan !== null || ask.turnoverToWan !== null) {
    const words = t('customers.turnoverBetween', { from: ask.turnoverFromWan ?? '', to: ask.turnoverToWan ?? '' });
    asked.push({ name: 'turnover', words, onDrop: () => change({ turnoverFromWan: null, turnoverToWan: null }) });
  }
  const corners = decodeArea(ask.area);
  if (corners) {
    const words = t('customers.inArea', { km2: formatSquareKilometres(squareMetresOf(corners)) });
    asked.push({ name: 'area', words, onDrop: () => change({ area: null }) });
  }
  return asked;
}
