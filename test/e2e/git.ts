// A git repository in a folder of a test's, with nobody's settings but its own.

import { execFileSync } from 'node:child_process';

const env = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.com',
  GIT_COMMITTER_NAME: 'Somebody',
  GIT_COMMITTER_EMAIL: 'somebody@example.com',
};

export type Git = (words: string) => string;

/** Runs git in the folder; words are parted by blanks. */
export function gitIn(folder: string): Git {
  return (words) =>
    execFileSync('git', words.split(' '), { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

export function initRepository(folder: string): Git {
  const git = gitIn(folder);
  git('init --quiet --initial-branch=main');
  return git;
}

/** Commits all there is, and returns the commit. */
export function commitAll(git: Git, message = 'change'): string {
  git('add --all');
  git(`commit --quiet --allow-empty --message ${message}`);
  return git('rev-parse HEAD');
}
