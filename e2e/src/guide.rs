//! Guides whose commands are run: what stands in the code of a document, typed by a shell, and compared with what it prints.
//!
//! In a fence of the language `console` a line that begins with `$ ` is a command, up to the end of its here-document if it has
//! one; `# exit status N` at its end says how it ends. The lines below it must be printed in their order, others may stand between
//! them; `…` stands for anything.

use crate::network::forget_settings;
use std::{
    fmt::Write as _,
    fs, io,
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Stdio},
};

/// The folder with what each step has printed.
const PRINTED: &str = "printed";

/// A command of a guide.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Its line in the document.
    pub line: usize,
    /// What the fence says after `console`.
    pub condition: String,
    /// What is typed.
    pub command: String,
    /// The status with which it ends.
    pub status: i32,
    /// What it prints.
    pub expected: Vec<String>,
}

/// The commands of a document, in their order.
pub fn steps(markdown: &str) -> Vec<Step> {
    let (mut steps, mut fence): (Vec<Step>, Option<String>) = (Vec::new(), None);
    let mut lines = markdown.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            fence = match fence {
                Some(_) => None,
                None => Some(language.trim().to_owned()),
            };
            continue;
        }
        let Some(condition) = fence.as_deref().and_then(|fence| fence.strip_prefix("console")) else {
            continue;
        };
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(typed), _) => {
                let (typed, status) = match typed.rsplit_once(" # exit status ") {
                    Some((typed, status)) => (typed, status.trim().parse().unwrap_or(-1)),
                    None => (typed, 0),
                };
                let mut command = typed.to_owned();
                if let Some((_, end)) = typed.rsplit_once("<<") {
                    for (_, line) in lines.by_ref() {
                        command.push('\n');
                        command.push_str(line);
                        if line == end.trim_matches('\'') {
                            break;
                        }
                    }
                }
                steps.push(Step {
                    line: number + 1,
                    condition: condition.trim().to_owned(),
                    command,
                    status,
                    expected: Vec::new(),
                });
            }
            (None, Some(step)) if !line.trim().is_empty() => step.expected.push(line.to_owned()),
            _ => {}
        }
    }
    steps
}

/// Whether a line is as a pattern says, in which `…` stands for anything.
fn fits(line: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('…');
    let Some(mut rest) = parts.next().and_then(|first| line.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in between {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The first expected line that is not printed in its turn.
fn missing<'s>(expected: &'s [String], printed: &str) -> Option<&'s str> {
    // Groups of digits are apart by narrow spaces.
    let printed = printed.replace('\u{202f}', " ");
    let mut lines = printed.lines().map(str::trim);
    expected
        .iter()
        .map(|pattern| pattern.trim())
        .find(|pattern| !lines.any(|line| fits(line, pattern)))
}

/// The longest word of a line that could have been wrapped: an account, a key, a digest or a path is longer, and stays whole.
const LONGEST_WORD: usize = 40;

/// Whether a line does not fit so many columns and could: it has no command that is to be copied, and no word that cannot be broken.
fn is_too_wide(line: &str, columns: usize) -> bool {
    let unbroken = |word: &str| word.chars().count() > LONGEST_WORD;
    line.trim_end().chars().count() > columns
        && !line.contains("interclear ")
        && !line.split_whitespace().any(unbroken)
}

/// The lines that do not fit so many columns, each behind the command that prints it. What is for machines has no width.
///
/// # Errors
/// What was printed cannot be read.
pub fn too_wide(steps: &[Step], home: &Path, columns: usize) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        if step.command.contains("--json") {
            continue;
        }
        let text = printed(home, place)?;
        let lines = text.lines().filter(|line| is_too_wide(line, columns));
        found.extend(lines.map(|line| format!("line {}: {}\n{line}", step.line, step.command)));
    }
    Ok(found)
}

/// What was typed and printed, to be read.
///
/// # Errors
/// What was printed cannot be read.
pub fn transcript(steps: &[Step], home: &Path) -> io::Result<String> {
    let mut text = String::new();
    for (place, step) in steps.iter().enumerate() {
        let _ = write!(text, "$ {}\n{}", step.command, printed(home, place)?);
    }
    Ok(text)
}

fn printed(home: &Path, place: usize) -> io::Result<String> {
    let octets = fs::read(home.join(PRINTED).join(place.to_string()))?;
    Ok(String::from_utf8_lossy(&octets).into_owned())
}

/// Types all steps into one shell in a folder, and says what was not as expected.
///
/// # Errors
/// The shell does not start, or a file cannot be written.
pub fn run(steps: &[Step], home: &Path, environment: &[(String, String)]) -> io::Result<Result<(), String>> {
    let out = home.join(PRINTED);
    fs::create_dir_all(&out)?;
    let mut script = String::new();
    for (place, step) in steps.iter().enumerate() {
        let (command, status) = (&step.command, step.status);
        let printed = out.join(place.to_string());
        let printed = printed.display();
        let _ = write!(
            script,
            "{{\n{command}\n}} > {printed} 2>&1 < /dev/null\nstatus=$?\necho $status > {printed}.status\n[ $status = {status} ] || exit 1\n"
        );
    }
    let file = home.join("typed");
    fs::write(&file, script)?;
    let mut bash = Command::new("bash");
    let mut shell = forget_settings(&mut bash)
        // The width is what the environment says, whatever terminal the tests run on.
        .args(["+O", "checkwinsize"])
        .arg(&file)
        .current_dir(home)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        // Nodes that a failed guide leaves behind end with their group.
        .process_group(0)
        .spawn()?;
    let group = shell.id();
    shell.wait()?;
    let _ = Command::new("kill")
        .args(["-KILL", "--", &format!("-{group}")])
        .stderr(Stdio::null())
        .status();
    Ok(compare(steps, &out))
}

fn compare(steps: &[Step], out: &Path) -> Result<(), String> {
    for (place, step) in steps.iter().enumerate() {
        let read = |path: std::path::PathBuf| {
            fs::read(path).map(|octets| String::from_utf8_lossy(&octets).into_owned())
        };
        let printed = read(out.join(place.to_string())).unwrap_or_default();
        let status = read(out.join(format!("{place}.status"))).unwrap_or_else(|_| "none".into());
        let where_ = format!("line {}: {}", step.line, step.command);
        if status.trim() != step.status.to_string() {
            return Err(format!(
                "{where_}\nends with status {}, not {}:\n{printed}",
                status.trim(),
                step.status
            ));
        }
        if let Some(pattern) = missing(&step.expected, &printed) {
            return Err(format!(
                "{where_}\nshould print\n{pattern}\nand prints\n{printed}"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDE: &str = "\
Words.

```sh
not typed
```

```console
$ echo one two
one…
$ cat <<END
$ no command
END
$ no command
$ false # exit status 1
```

```console later
$ echo 3
```
";

    #[test]
    fn commands_should_be_found_with_their_output_when_they_stand_in_fences() {
        let steps = steps(GUIDE);
        let typed: Vec<_> = steps
            .iter()
            .map(|step| (step.command.as_str(), step.status))
            .collect();
        assert_eq!(
            typed,
            [
                ("echo one two", 0),
                ("cat <<END\n$ no command\nEND", 0),
                ("no command", 0),
                ("false", 1),
                ("echo 3", 0)
            ]
        );
        assert_eq!(steps[0].expected, ["one…"]);
        assert_eq!((steps[0].line, steps[0].condition.as_str()), (8, ""));
        assert_eq!(steps[4].condition, "later");
    }

    #[test]
    fn lines_should_fit_only_when_what_is_not_left_open_is_there() {
        for (line, pattern) in [
            ("one two", "one two"),
            ("one two three", "one…three"),
            ("one two three", "…two…"),
            ("one", "…one…"),
            ("a b c b", "a…b"),
        ] {
            assert!(fits(line, pattern), "{line} {pattern}");
        }
        for (line, pattern) in [
            ("one two", "one"),
            ("one two", "two…"),
            ("one two", "…one"),
            ("one", "one…one"),
            ("ab", "ab…b"),
        ] {
            assert!(!fits(line, pattern), "{line} {pattern}");
        }
        let expected = ["a…".to_owned(), "1 000".to_owned()];
        assert_eq!(missing(&expected, "x\n  ab  \ny\n1\u{202f}000\n"), None);
        assert_eq!(missing(&expected, "1 000\nab\n"), Some("1 000"));
    }

    #[test]
    fn a_line_should_be_too_wide_when_nothing_in_it_has_to_stay_whole() {
        let wide = "word ".repeat(5);
        assert!(is_too_wide(&wide, 23));
        assert!(!is_too_wide(&wide, 24), "the space at the end is not seen");
        assert!(!is_too_wide(&format!("{wide} interclear today"), 23));
        let digest = format!("0x{}", "0".repeat(64));
        assert!(!is_too_wide(&format!("{wide}{digest}"), 23));
        assert!(is_too_wide(&"─ ".repeat(13), 23));
    }

    #[test]
    fn wide_lines_should_be_told_with_their_commands_when_a_guide_was_typed() {
        let folder = tempfile::tempdir().unwrap();
        let step = |command: &str| Step {
            line: 7,
            condition: String::new(),
            command: command.into(),
            status: 0,
            expected: Vec::new(),
        };
        let all = [
            step("echo one two three"),
            step("echo one two"),
            step("echo $COLUMNS"),
            step("echo --json one two three"),
        ];
        let columns = [("COLUMNS".to_owned(), "9".to_owned())];
        assert_eq!(run(&all, folder.path(), &columns).unwrap(), Ok(()));
        assert_eq!(
            too_wide(&all, folder.path(), 9).unwrap(),
            ["line 7: echo one two three\none two three"]
        );
        let text = transcript(&all, folder.path()).unwrap();
        assert!(text.contains("$ echo $COLUMNS\n9\n"), "{text}");
    }

    #[test]
    fn a_shell_should_keep_what_was_set_and_stop_when_a_command_ends_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let step = |command: &str, status, expected: &[&str]| Step {
            line: 1,
            condition: String::new(),
            command: command.into(),
            status,
            expected: expected.iter().map(|line| (*line).to_owned()).collect(),
        };
        let all = [
            step("NAME=7; say() { echo \"$NAME $1\"; }", 0, &[]),
            step("sleep 60 & say $FROM_OUTSIDE", 0, &["7 out"]),
            step("grep x /dev/null", 1, &[]),
        ];
        let environment = [("FROM_OUTSIDE".to_owned(), "out".to_owned())];
        assert_eq!(run(&all, folder.path(), &environment).unwrap(), Ok(()));
        let wrong = [step("false", 0, &[]), step("touch here", 0, &[])];
        let said = run(&wrong, folder.path(), &[]).unwrap().unwrap_err();
        assert!(said.contains("ends with status 1, not 0"), "{said}");
        assert!(!folder.path().join("here").exists());
        let other = [step("echo 8", 0, &["7…"])];
        let said = run(&other, folder.path(), &[]).unwrap().unwrap_err();
        assert!(said.contains("should print\n7…\nand prints\n8"), "{said}");
    }
}
