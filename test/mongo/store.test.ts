// The MongoDB adapter passes the contract of every store. Needs a server at MONGO_URL (test/mongo-server/run.sh starts
// one).

import { storeContract } from '../contract/store-contract.ts';
import { openFresh } from './databases.ts';

storeContract('MongoDB', openFresh);
