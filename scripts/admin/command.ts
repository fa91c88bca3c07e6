// The shape of a command of the operator's tool, and its exit codes: 0 well, 1 something is wrong and named, 2
// wrong use.

export interface Terminal {
  /** For programs and people: results. */
  out: (line: string) => void;
  /** For people: what is wrong, questions. */
  err: (line: string) => void;
}

export interface Command {
  /** What `--help` shows. */
  help: string;
  /** @throws WrongUse, Wrong */
  run: (args: string[], terminal: Terminal) => Promise<void>;
}

/** Options or arguments that the command does not have: exit 2. */
export class WrongUse extends Error {}

/** Something is wrong: exit 1. One line for each fault. */
export class Wrong extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}
