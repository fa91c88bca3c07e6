// The reader thread: a separate reading connection, and one question after another.

import { workerData } from 'node:worker_threads';
import { answerCalls } from '../../kit/thread-call.ts';
import { openReading } from './connection.ts';
import { scanCounts, type Answer, type Question } from './scan-counts.ts';

const db = openReading(workerData as string);
answerCalls<Question, Answer>(scanCounts(db), () => db.close());
