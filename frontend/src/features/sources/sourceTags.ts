/** How a feed and its files are marked, beside their words. */
export const ARRIVAL_TAGS: Record<string, string> = {
  ARRIVED: 'tag tag-done',
  LATE: 'tag tag-overdue',
  HELD: 'tag tag-waiting',
};
export const IMPORT_TAGS: Record<string, string> = {
  APPLIED: 'tag tag-done',
  TRIED: 'tag tag-waiting',
  REFUSED: 'tag tag-overdue',
};
export const FILE_TAGS: Record<string, string> = {
  LOADED: 'tag tag-done',
  REFUSED: 'tag tag-overdue',
  WAITING: 'tag tag-waiting',
  HELD: 'tag tag-waiting',
  READY: 'tag tag-accent',
};
