// Sits between a store and its server: sees each command, and cuts, silences, delays or loses it as a test wants. It
// parses the wire protocol itself (OP_MSG, one BSON document per command), so that it does not rely on what our own
// code says it wrote.

import { createServer, connect as connectTo, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { mongo } from 'mongoose';

export type Command = Record<string, unknown>;
/**
 * `drop`: the server never gets the command. `lose`: the server runs it, but the answer is lost. Both cut the
 * connection.
 */
export type Fate = 'pass' | 'drop' | 'lose';

export interface Proxy {
  /** The address for the store. */
  url: string;
  /** All commands so far, except those that the driver sends by itself. */
  commands: Command[];
  /** Decides about each command before it is sent. */
  rule: (command: Command) => Fate;
  /** How many milliseconds to hold each command back. */
  delayMs: (command: Command) => number;
  /** Ends every connection and refuses new ones until `restore`. */
  cut(): void;
  /** Accepts everything and forwards nothing until `restore`. */
  silence(): void;
  restore(): void;
  close(): Promise<void>;
}

const OP_MSG = 2013;
const HEADER_BYTES = 16;
/** Flags, then the kind of the first section. */
const BODY_AT = HEADER_BYTES + 4 + 1;
const OF_THE_DRIVER: ReadonlySet<string> = new Set([
  'hello',
  'ismaster',
  'isMaster',
  'ping',
  'endSessions',
  'saslStart',
  'saslContinue',
]);

export async function openProxy(url: string): Promise<Proxy> {
  const [, host = '127.0.0.1', port = '27017'] = /^mongodb:\/\/(?:[^@/]*@)?([^:/?]+)(?::(\d+))?/.exec(url) ?? [];
  const sockets = new Set<Socket>();
  let silent = false;
  let refusing = false;

  const server = createServer((client) => {
    if (refusing) {
      client.destroy();
      return;
    }
    const upstream = connectTo(Number(port), host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let answersLost = false;
    let received = Buffer.alloc(0);
    /** Bytes are forwarded in the order in which they came. */
    let sent: Promise<unknown> = Promise.resolve();
    client.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      while (received.length >= HEADER_BYTES && received.length >= received.readInt32LE(0)) {
        const message = received.subarray(0, received.readInt32LE(0));
        received = received.subarray(message.length);
        const command = commandIn(message);
        const fate = command === null ? 'pass' : fateOf(command);
        if (fate === 'drop') {
          client.destroy();
          return;
        }
        answersLost ||= fate === 'lose';
        if (silent) continue;
        const delayMs = command === null ? 0 : proxy.delayMs(command);
        sent = sent.then(() => (delayMs === 0 ? undefined : wait(delayMs))).then(() => upstream.write(message));
      }
    });
    upstream.on('data', (bytes: Buffer) => {
      if (answersLost) client.destroy();
      else if (!silent) client.write(bytes);
    });
  });

  const fateOf = (command: Command): Fate => {
    proxy.commands.push(command);
    return proxy.rule(command);
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const proxy: Proxy = {
    url: url.replace(/^(mongodb:\/\/(?:[^@/]*@)?)[^/?]+/, `$1127.0.0.1:${(server.address() as AddressInfo).port}`),
    commands: [],
    rule: () => 'pass',
    delayMs: () => 0,
    cut() {
      refusing = true;
      endAll();
    },
    silence() {
      silent = true;
    },
    restore() {
      refusing = false;
      // Swallowed commands can never be answered.
      if (silent) endAll();
      silent = false;
    },
    async close() {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

function commandIn(message: Buffer): Command | null {
  if (message.readInt32LE(12) !== OP_MSG) return null;
  const command = mongo.BSON.deserialize(message.subarray(BODY_AT, BODY_AT + message.readInt32LE(BODY_AT))) as Command;
  return OF_THE_DRIVER.has(Object.keys(command)[0] ?? '') ? null : command;
}
