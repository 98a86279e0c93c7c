// What the bundle of that name has, with types; elements take any properties, components those that they ask for.
import type { ComponentChildren, VNode } from "preact";

export { render, Fragment } from "preact";
export { useEffect, useLayoutEffect, useRef, useState, useMemo, useCallback } from "preact/hooks";
export { signal, computed, effect, batch, useSignal, useComputed, useSignalEffect } from "@preact/signals";
export function h(type: string, props: Record<string, any> | null, ...children: ComponentChildren[]): VNode<any>;
export function h<P>(
  type: (props: P) => ComponentChildren,
  props: (Omit<P, "children"> & { key?: string | number }) | null,
  ...children: ComponentChildren[]
): VNode<any>;
