/** Before the first visit that any system kept: who was not visited from then on never was. */
export const LONG_AGO = '1900-01-01';
