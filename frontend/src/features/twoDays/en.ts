import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  twoDays: {
    title: 'Two days compared',
    close: 'Back to the map',
    tools: 'Comparison tools',
    then: 'Earlier day',
    now: 'Later day',
    under: 'Under which plan',
    level: 'Level of grids',
    measure: 'Measure',
    IN_FORCE: 'Plan in force',
    OF_THE_DAY: 'Plan of each day',
    monthEnd: '{{day}} month-end',
    legendDays: '{{then}} and {{now}}',
    pictureTitle: 'Grids compared: {{measure}}, {{then}} and {{now}}',
    noPlan: 'no plan that day',
    point: 'Point at a grid, or choose one below with Tab, to see both values and what changed.',
    change: 'Change',
    points: 'points',
    unchanged: 'unchanged',
    notThere: 'no such grid',
    otherCut: 'Cut otherwise on the two days: the values are not of the same ground',
    table: 'Values of each grid on both days',
    grid: 'Grid',
    fallen: 'Fallen first',
    risen: 'Risen first',
    order: 'Order',
    kept: 'Of past days the sums of grids are kept and nothing else: places of customers, blind spots of 180 and 365 days, never visited and the median cannot be seen again.',
    notKept: 'The chosen measure is not kept by day; “{{measure}}” is shown.',
    elsewhere:
      'Customers in no grid of this plan (not located, or on ground that is not in the plan): {{before, number}} on {{then}}, {{after, number}} on {{now}}.',
    noGrids: 'None of your grids on this day.',
    ofTheDayAdvice: 'Your scope is that of your posts today. Choose “plan in force”.',
    oneDay: 'There are no two days to compare yet',
    oneDayAdvice:
      'Each night keeps the sums of one day, for 400 days, those of month-ends for good. After the second night they can be compared.',
  },
};
