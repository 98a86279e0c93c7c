// What the page puts on the window.
import type { EditorView } from "@codemirror/view";

declare global {
  interface Window {
    skypactEditor: EditorView;
  }
}
