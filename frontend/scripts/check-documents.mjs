// Fails when the committed persisted.json is not what the pages and the schema give: the server would refuse a page.
import { compileDocuments } from './relay.mjs';

const { isFresh, count } = compileDocuments();
if (!isFresh) {
  console.error('frontend/persisted.json was out of date; it is written anew. Commit it.');
  process.exit(1);
}
console.log(`${count} documents, persisted.json is fresh`);
