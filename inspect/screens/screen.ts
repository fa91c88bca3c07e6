// How a screen is drawn. Its frame is set once; afterwards only the parts that changed are, so that a field keeps what
// was typed and the camera's picture does not stop.

import type { Html } from '../../server/web/html.ts';

export interface Screen {
  /** Another id is another screen: its frame is drawn anew. */
  id: string;
  title: string;
  frame: Html;
  /** Content of the frame's `data-part` elements, by name. */
  parts: Readonly<Record<string, Html>>;
  /** Called once, when the frame was drawn. */
  ready?: (root: HTMLElement) => void;
}

export class Stage {
  private readonly root: HTMLElement;
  private id = '';
  private readonly drawn = new Map<string, string>();

  constructor(root: HTMLElement) {
    this.root = root;
  }

  /** Makes the next drawing begin with the frame. */
  clear(): void {
    this.id = '';
  }

  show(screen: Screen): void {
    const isNew = screen.id !== this.id;
    if (isNew) {
      this.id = screen.id;
      this.drawn.clear();
      this.root.innerHTML = screen.frame.text;
      document.title = screen.title;
      window.scrollTo(0, 0);
    }
    for (const element of this.root.querySelectorAll<HTMLElement>('[data-part]')) {
      const name = element.dataset['part'] ?? '';
      const text = screen.parts[name]?.text ?? '';
      if (this.drawn.get(name) === text) continue;
      this.drawn.set(name, text);
      element.innerHTML = text;
    }
    if (!isNew) return;
    screen.ready?.(this.root);
    this.root.querySelector<HTMLElement>('[autofocus], h1')?.focus();
  }
}
