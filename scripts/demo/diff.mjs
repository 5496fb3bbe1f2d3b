// A line diff for short texts, as `diff -u` shows it without its head.

const context = 2;

/** Lines that begin with a blank, `-` or `+`; what is left out between them is one line `…`. */
export function diffLines(before, after) {
  const lines = align(before, after);
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some((line) => line[0] !== ' '),
  );
  return lines.flatMap((line, at) => {
    if (near[at]) return [line];
    return near[at - 1] || at === 0 ? ['…'] : [];
  });
}

/** By the longest common subsequence: `longest[i][j]` is its length from line i and line j on. */
function align(before, after) {
  const longest = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      longest[i][j] =
        before[i] === after[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(` ${before[i]}`);
      i += 1;
      j += 1;
    } else if (i < before.length && (j === after.length || longest[i + 1][j] >= longest[i][j + 1])) {
      lines.push(`-${before[i]}`);
      i += 1;
    } else {
      lines.push(`+${after[j]}`);
      j += 1;
    }
  }
  return lines;
}
