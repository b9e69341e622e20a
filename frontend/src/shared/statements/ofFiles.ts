import { files } from '../../../../schema/words/files.zh-CN.json';
import type { Words } from './words';

/** What is said of files and lists that people bring is read on the desk; the phone does not carry it. */
export const STATEMENTS_OF_FILES: Words['statements'] = files;
