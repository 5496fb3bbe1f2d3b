// `npm run demo`: the main job, told as a story. The built command works on the embedded emulator, in a
// folder that is removed at the end. Whatever goes other than told ends the demo with exit code 1.

import { closeStage, openStage } from './demo/stage.mjs';

const stage = openStage('handbook');
try {
  tell(stage);
} catch (error) {
  process.exitCode = 1;
  stage.say(`The demo did not go as told: ${error instanceof Error ? error.message : String(error)}`);
} finally {
  closeStage(stage);
}

function tell({ heading, say, show, edit, wikiform, expectPlan, expectSameIds }) {
  heading('1. A wiki, written down');
  say(`This manifest says how a wiki should look: one space, its pages, and which of them are copies or
    shortcuts of others. (It is examples/handbook, without its comments.)`);
  show('wikiform.yaml');

  heading('2. The first apply');
  say(`The wiki is empty, so everything is made: parents before children, a copy after its source, a
    shortcut after its origin. --emulator stands in for Feishu, inside the process and over real HTTP.`);
  expectPlan({ createSpace: 1, createNode: 21, copyNode: 1, moveNode: 0, renameNode: 0 });
  wikiform('apply --emulator --auto-approve --log-level warn', 0);

  heading('3. The wiki is rearranged, in the manifest');
  say(`A project moves to the top, with all its pages. Two pages get new titles: one is known by its key,
    the other is the only page that left the place where the only new one came. And a second project
    starts from the template.`);
  edit('wikiform.yaml', [
    ['          - Week one\n', '          - Your first week\n'],
    [
      `          - title: Apollo
            children: [Goals, Risks, Decisions]
`,
      '',
    ],
    [
      '      - title: Policies\n',
      `      - title: Apollo
        children: [Goals, Risks, Decisions]

      - title: Borealis
        copy: { from: handbook/Templates/Project, children: true }

      - title: Company policies
`,
    ],
  ]);

  heading('4. The plan for it');
  say(`Nothing is rebuilt: what changes place is moved, with its history, its comments and its links. A
    reviewer sees every step, and why.`);
  expectPlan({ createSpace: 0, createNode: 0, copyNode: 4, moveNode: 1, renameNode: 2, carried: 3 });
  wikiform('plan --emulator --out plan.json --detailed-exitcode', 2);

  heading('5. Just that, applied');
  say(
    'A saved plan is the approval. If one of its pages had been touched in the meantime, it would be refused.',
  );
  wikiform('apply --emulator plan.json', 0);
  expectSameIds();
  say('Every page from the first apply is still the same page: the ids are the same.');

  heading('6. And then there is nothing to do');
  wikiform('plan --emulator --detailed-exitcode', 0);
  say(`That is the whole of it: edit, plan, review, apply. Leave --emulator away, set the credentials of an
    app or of a user, and the same commands work on a real wiki.`);
}
