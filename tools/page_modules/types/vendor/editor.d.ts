// The editor of a scenario's text; loaded when somebody edits.
export { EditorView, basicSetup } from "codemirror";
export { EditorState, Compartment } from "@codemirror/state";
export { keymap } from "@codemirror/view";
export { undo, redo, undoDepth, redoDepth, isolateHistory } from "@codemirror/commands";
export { yaml } from "@codemirror/lang-yaml";
export { lintGutter, setDiagnostics, forceLinting, openLintPanel } from "@codemirror/lint";
