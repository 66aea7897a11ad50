/** Users of components that run without root. */
import type { StaticPodName } from '../core/manifests/pod.ts';
import { groupFile, loginFile, passwdFile, planUsers, type ComponentUsers, type UserPlan } from '../core/users/plan.ts';
import { fileAccess, type AccessRequest } from '../core/users/rootless.ts';
import type { Files } from '../host/port.ts';
import { failure } from '../problems/catalogue.ts';

/** Looks which users and groups exist and which would be added. Throws `USERS_INVALID` problems. */
export async function lookUpUsers(files: Files): Promise<UserPlan> {
  const [passwd, group, loginDefs] = await Promise.all([
    required(files, passwdFile),
    required(files, groupFile),
    files.readText(loginFile),
  ]);
  return planUsers({ passwd, group, loginDefs });
}

/**
 * Returns the users after adding the missing ones. Groups are written first: a process killed between the two files
 * leaves a group without its user, which the next run completes.
 */
export async function ensureUsers(files: Files): Promise<ComponentUsers> {
  const plan = await lookUpUsers(files);
  const writes = [
    { path: groupFile, content: plan.group },
    { path: passwdFile, content: plan.passwd },
  ].flatMap(({ path, content }) => (content === undefined ? [] : [{ path, content, mode: 0o644 }]));
  if (writes.length > 0) await files.writeTogether(writes);
  return plan.users;
}

/** Gives the component's user the files that it needs. */
export async function giveFiles(files: Files, component: StaticPodName, request: AccessRequest): Promise<void> {
  for (const { path, ...access } of fileAccess(component, request)) await files.setAccess(path, access);
}

async function required(files: Files, path: string): Promise<string> {
  const text = await files.readText(path);
  if (text !== undefined) return text;
  throw failure('USERS_INVALID', {
    summary: `${path} does not exist`,
    remedy: 'Turn off the feature gate RootlessControlPlane on a machine without users.',
    where: { file: path },
  });
}
