"""The little shell: what it does, and what it says to what it does not."""

import pytest

from transcripts.recordings import RecordingError
from transcripts.replay import replay
from transcripts.shell import Command, ShellError, split


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("python main.py", ["python", "main.py"]),
        ("python  -c 'print(\"a b\")'", ["python", "-c", 'print("a b")']),
        ('echo "a \'b\' \\" $?"', ["echo", "a 'b' \" 3"]),
        ("echo '$?' \"|\" \\;", ["echo", "$?", "|", ";"]),
        ("echo ''", ["echo", ""]),
        ("echo a#b", ["echo", "a#b"]),
        ("echo 8 > note.txt", ["echo", "8", ">\0", "note.txt"]),
        ("echo '>' x", ["echo", ">", "x"]),
    ],
)
def test_words_are_split_as_a_shell_does(command, words):
    assert split(command, status=3) == words


@pytest.mark.parametrize(
    ("command", "hint"),
    [
        ("python a.py | sort", "no pipes"),
        ("cd a && python b.py", "line of its own"),
        ("python a.py &", "no background"),
        ("python a.py; python b.py", "no second command"),
        ("python a.py < b", "no input redirection"),
        ("echo $(date)", "no variables except"),
        ("echo `date`", "no command substitution"),
        ("echo $HOME", "no variables except"),
        ("ls *.py", "no patterns"),
        ("ls ~", "relative path"),
        ("python a.py 2> b", "only `> file`"),
        ("python a.py >> b", "only `> file`"),
        ("python a.py > b c", "at the end"),
        ("echo {a,b}", "no braces"),
        ("echo 'a", "never closed"),
        ("echo a # why", "no comments"),
        ("curl example.in", "does not know 'curl'"),
        ("./run.sh", "does not know"),
        ("X=1", "export NAME=value"),
        ("X=1 ls", "no variables before it"),
        ("python", "record it as a .pycon"),
    ],
)
def test_what_is_not_supported_gets_a_hint(command, hint):
    with pytest.raises(ShellError, match=hint):
        Command.parse(command)


def run(recording, python, sandbox, commands, **files):
    text = "".join(f"$ {command}\n" for command in commands)
    return replay(recording(text, **files), python, sandbox)


def test_the_built_ins_work_on_the_fresh_copy(recording, python, sandbox):
    commands = [
        "mkdir -p a/b", "echo hello > a/b/note.txt", "cat a/b/note.txt", "mv a/b/note.txt a/n.txt",
        "tree", "ls a", "cd a", "ls", "rm n.txt", "rm -r b", "ls", "cd ..", "tree a",
    ]  # fmt: skip
    text = run(recording, python, sandbox, commands, main="x = 1\n")
    assert text == (
        "$ mkdir -p a/b\n$ echo hello > a/b/note.txt\n$ cat a/b/note.txt\nhello\n"
        "$ mv a/b/note.txt a/n.txt\n$ tree\na/\n    b/\n    n.txt\nmain.py\n$ ls a\nb  n.txt\n"
        "$ cd a\n$ ls\nb  n.txt\n$ rm n.txt\n$ rm -r b\n$ ls\n$ cd ..\n$ tree a\na/\n"
    )


def test_variables_reach_python_and_exports_stay(recording, python, sandbox):
    main = "import os\nprint(os.environ.get('A'), os.environ.get('B'))\n"
    commands = ["A=1 python main.py", "export B=2", "python3 main.py", "py main.py"]
    text = run(recording, python, sandbox, commands, main=main)
    assert [line for line in text.splitlines() if line[0] != "$"] == ["1 None", "None 2", "None 2"]


def test_only_standard_output_is_redirected(recording, python, sandbox):
    main = "import sys\nprint('kept')\nprint('seen', file=sys.stderr)\n"
    text = run(recording, python, sandbox, ["python main.py > out", "cat out"], main=main)
    assert text == "$ python main.py > out\nseen\n$ cat out\nkept\n"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("cat nothing.txt", "there is no 'nothing.txt'"),
        ("cd nowhere", "there is no 'nowhere'"),
        ("cat ../../../etc/hostname", "leaves /home/asha"),
        ("echo x > ../../x", "leaves /home/asha"),
        ("rm -r ../example", "where it stands"),
        ("ls -l", "no option -l"),
    ],
)
def test_a_built_in_that_fails_fails_the_transcript_with_its_line(
    recording, python, sandbox, command, said
):
    with pytest.raises(RecordingError, match=rf"run\.console:2: the little shell: .*{said}"):
        run(recording, python, sandbox, ["echo a", command])


def test_every_command_is_parsed_before_one_runs(recording, python, sandbox, tmp_path):
    with pytest.raises(RecordingError, match=r"run\.console:2: .*no pipes"):
        run(recording, python, sandbox, ["python main.py", "ls | sort"], main="1 / 0\n")
