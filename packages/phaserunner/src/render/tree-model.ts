/** The state of a run as a tree of phases, built up from its events. */
import type { EventType, PlannedPhase, RunEvent, RunStatus } from '../events.ts';
import { textLines } from './text.ts';

export type NodeStatus = 'waiting' | 'running' | 'skipped' | RunStatus;

export interface TreeNode {
  readonly path: string;
  /** Last segment of the path. */
  readonly name: string;
  readonly depth: number;
  readonly children: readonly TreeNode[];
  /** Of its own work; undefined when the phase only groups its children in this run. */
  readonly status: NodeStatus | undefined;
  readonly startedMs: number;
  /** Milliseconds of its own finished work. */
  readonly ownMs: number;
  readonly reason?: string;
  /** Number of the present try, from 1. */
  readonly attempt: number;
  readonly progress?: { readonly label: string; readonly done: number; readonly total?: number };
  /** The last lines said, oldest first. */
  readonly messages: readonly string[];
}

/** The model as it grows; outside it is read as `TreeNode`. */
type GrowingNode = { -readonly [K in keyof TreeNode]: TreeNode[K] } & { children: GrowingNode[] };

export interface TreeModel {
  readonly workflow: string;
  readonly dryRun: boolean;
  readonly plan: readonly PlannedPhase[];
  readonly startedMs: number;
  /** Place of the last started phase among those that run, from 1. */
  readonly index: number;
  readonly total: number;
  readonly roots: readonly TreeNode[];
  /** Undefined while the run goes on. */
  readonly end: { readonly status: RunStatus; readonly durationMs: number } | undefined;
}

type GrowingModel = { -readonly [K in keyof TreeModel]: TreeModel[K] } & { roots: GrowingNode[]; nodes: Map<string, GrowingNode> };

const keptMessages = 3;

type Body<T extends EventType> = RunEvent & { readonly type: T };

const changes: { readonly [T in EventType]: (model: GrowingModel, event: Body<T>) => void } = {
  'run-open': (model, { workflow }) => {
    model.workflow = workflow;
  },
  'run-start': start,
  'phase-start': (model, event) => {
    model.index = event.index;
    settleAncestors(model, event);
    Object.assign(nodeAt(model, event.path), { status: 'running', startedMs: event.timeMs });
  },
  'phase-skip': (model, event) => Object.assign(nodeAt(model, event.path), { status: 'skipped', reason: event.reason }),
  'phase-retry': (model, event) => {
    nodeAt(model, event.path).attempt = event.attempt + 1;
  },
  'phase-end': (model, event) => {
    const node = nodeAt(model, event.path);
    delete node.progress;
    Object.assign(node, { status: event.status, ownMs: event.durationMs, messages: [] });
  },
  message: (model, event) => {
    if (event.path === undefined || event.level === 'debug') return;
    const node = nodeAt(model, event.path);
    node.messages = [...node.messages, ...textLines(event.text)].slice(-keptMessages);
  },
  progress: (model, { path, label, done, total }) => {
    nodeAt(model, path).progress = total === undefined ? { label, done } : { label, done, total };
  },
  action: () => undefined,
  'run-end': finish,
};

/** Returns the model and the function that brings it up to date. */
export function createTreeModel(): { readonly model: TreeModel; readonly apply: (event: RunEvent) => void } {
  const model: GrowingModel = {
    workflow: '',
    dryRun: false,
    plan: [],
    startedMs: 0,
    index: 0,
    total: 0,
    roots: [],
    end: undefined,
    nodes: new Map(),
  };
  return {
    model,
    apply: (event) => (changes[event.type] as (model: GrowingModel, event: RunEvent) => void)(model, event),
  };
}

function start(model: GrowingModel, event: Body<'run-start'>): void {
  model.workflow = event.workflow;
  model.dryRun = event.dryRun === true;
  model.plan = event.phases;
  model.startedMs = event.timeMs;
  model.total = event.total;
  // The plan lists parents first, but a phase left out is drawn only when something below it is in the run.
  for (const phase of event.phases) {
    if (isShown(phase)) plan(nodeAt(model, phase.path), phase);
  }
}

function isShown({ decision }: PlannedPhase): boolean {
  return decision.run || decision.because === 'membership';
}

function plan(node: GrowingNode, { decision, work }: PlannedPhase): void {
  if (decision.run) node.status = work ? 'waiting' : undefined;
  else Object.assign(node, { status: 'skipped', reason: decision.reason });
}

/** The node of `path`; it and its parents are made when they are not there yet. */
function nodeAt(model: GrowingModel, path: string): GrowingNode {
  const known = model.nodes.get(path);
  if (known !== undefined) return known;
  const segments = path.split('/');
  const name = segments.at(-1) ?? path;
  const node: GrowingNode = {
    path,
    name,
    depth: segments.length - 1,
    children: [],
    status: undefined,
    startedMs: 0,
    ownMs: 0,
    attempt: 1,
    messages: [],
  };
  const siblings = segments.length === 1 ? model.roots : nodeAt(model, segments.slice(0, -1).join('/')).children;
  siblings.push(node);
  model.nodes.set(path, node);
  return node;
}

/** A parent's own work is over when its first child starts, whenever its end is announced. */
function settleAncestors(model: GrowingModel, event: Body<'phase-start'>): void {
  for (let cut = event.path.lastIndexOf('/'); cut > 0; cut = event.path.lastIndexOf('/', cut - 1)) {
    const ancestor = nodeAt(model, event.path.slice(0, cut));
    if (ancestor.status === 'running') Object.assign(ancestor, { status: 'succeeded', ownMs: event.timeMs - ancestor.startedMs });
  }
}

function finish(model: GrowingModel, event: Body<'run-end'>): void {
  model.end = { status: event.status, durationMs: event.durationMs };
  for (const node of model.nodes.values()) {
    if (node.status === 'running') Object.assign(node, { status: 'cancelled', ownMs: event.timeMs - node.startedMs });
  }
}

/** How a phase and everything below it stands. A group that is half done is running until the run ends. */
export function overallStatus(node: TreeNode, isOver: boolean): NodeStatus {
  const below = node.children.map((child) => overallStatus(child, isOver));
  const all = node.status === undefined ? below : [node.status, ...below];
  for (const status of ['failed', 'cancelled', 'running'] as const) if (all.includes(status)) return status;
  if (all.every((status) => status === 'skipped')) return 'skipped';
  if (all.every((status) => status === 'succeeded' || status === 'skipped')) return 'succeeded';
  return isOver || all.every((status) => status === 'waiting') ? 'waiting' : 'running';
}

/** Milliseconds of work of a phase and everything below it. */
export function elapsedMs(node: TreeNode, nowMs: number): number {
  const own = node.status === 'running' ? Math.max(0, nowMs - node.startedMs) : node.ownMs;
  return node.children.reduce((sum, child) => sum + elapsedMs(child, nowMs), own);
}
