/** How the state of a file is marked, beside its word. */
export const BATCH_TAGS: Record<string, string> = {
  LOADED: 'tag tag-done',
  REFUSED: 'tag tag-overdue',
  WAITING: 'tag tag-waiting',
  HELD: 'tag tag-overdue',
  READY: 'tag tag-accent',
};
