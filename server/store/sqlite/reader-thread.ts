// The reader thread: its own reading connection, answering one question after another.

import { workerData } from 'node:worker_threads';
import { answerCalls } from '../../kit/thread-call.ts';
import { openReading } from './connection.ts';
import type { ReaderSettings } from './messages.ts';
import { scanCounts, type Answer, type Question } from './scan-counts.ts';
import { sealsOf } from '../seals.ts';

const { path, rowKey } = workerData as ReaderSettings;
const db = openReading(path);
answerCalls<Question, Answer>(scanCounts(db, sealsOf(rowKey)), () => db.close());
